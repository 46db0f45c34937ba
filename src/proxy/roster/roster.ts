import { setImmediate as nextTurn } from "node:timers/promises";
import type { LikelyDuplicate } from "#contract/identity.ts";
import type { Patient } from "#contract/patient.ts";
import type { RosterFacets, RosterPage, RosterQuery } from "#contract/roster.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { PatientStore } from "../store/patients.ts";
import { facetsOf } from "./facets.ts";
import { matchesFilter } from "./filter.ts";
import type { Identity } from "./identities.ts";
import { createMembers } from "./members.ts";
import { createSearch } from "./search.ts";
import { inOrder } from "./sort.ts";

/** The list of patients in memory: who they are and what was last found out about them, never a reading. */
export interface Roster {
  search(query: RosterQuery, staffId: string): Promise<RosterPage>;
  facets(): Promise<RosterFacets>;
  /** By each of these partner user IDs, who has one that is not the same and easily taken for it. */
  withUidsLike(partnerUids: readonly string[]): Promise<ReadonlyMap<string, Patient>>;
  /** For each of these in their order, who is likely the same person and not of that ID or partner user ID. */
  duplicatesOf(
    people: readonly (Identity & { id?: string | null; partnerUid?: string })[],
  ): Promise<LikelyDuplicate[][]>;
}

const pageSize = 2000;

/**
 * The database remains the record. Every search first reads what has changed in it since the last one, so
 * that it does not matter which server changed it.
 */
export function createRoster(store: PatientStore, now: () => number): Roster {
  const members = createMembers();
  const search = createSearch(members, store.wearersOf);
  /** The number of the last change that is in here. */
  let readSeq = 0;
  const shareRefresh = createSingleFlight<void>();

  async function readChanges(): Promise<void> {
    for (;;) {
      const changed = await store.changedAfter(readSeq, pageSize);
      for (const { row } of changed) members.put(row);
      readSeq = changed.at(-1)?.seq ?? readSeq;
      if (changed.length < pageSize) break;
      // A hundred thousand patients are read at the first search; others' requests go in between.
      await nextTurn();
    }
    members.sort();
  }

  const refresh = () => shareRefresh(readChanges);

  return {
    search: async ({ q, filter, sort, down, limit, offset }, staffId) => {
      await refresh();
      const marks = new Uint8Array(members.rows.length);
      const { total, outsideFilter } = await search(marks, q, matchesFilter(filter, staffId, now()));
      const found = inOrder(members.order(), marks, members.keys, {
        sort,
        down,
        from: offset,
        to: Math.min(total, offset + limit),
      });
      return { rows: found.flatMap(members.listed), total, outsideFilter };
    },
    withUidsLike: async (partnerUids) => {
      await refresh();
      return new Map(
        partnerUids.flatMap((partnerUid) => {
          const alike = members.alike(partnerUid);
          return alike ? [[partnerUid, alike] as const] : [];
        }),
      );
    },
    duplicatesOf: async (people) => {
      await refresh();
      return people.map((person) => members.duplicatesOf(person, person));
    },
    facets: async () => {
      await refresh();
      return facetsOf(members.rows);
    },
  };
}
