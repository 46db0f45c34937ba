import { setImmediate as nextTurn } from "node:timers/promises";
import { parseSerial } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import type {
  ListedPatient,
  RosterFacets,
  RosterFilter,
  RosterPage,
  RosterQuery,
  RosterRow,
} from "#contract/roster.ts";
import { uidLookalikeKey } from "#contract/uid-lookalike.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { PatientStore } from "../store/patients.ts";
import { matchesFilter } from "./filter.ts";
import { createMergedRecords } from "./merged-records.ts";
import { createPrefixIndex } from "./prefix-index.ts";
import { createSortKeys, inOrder } from "./sort.ts";
import { searchWords, sortKeyOf, termsOf } from "./terms.ts";

/** The list of patients in memory: who they are and what was last found out about them, never a reading. */
export interface Roster {
  search(query: RosterQuery, staffId: string): Promise<RosterPage>;
  facets(): Promise<RosterFacets>;
  /** By each of these partner user IDs, who has one that is not the same and easily taken for it. */
  withUidsLike(partnerUids: readonly string[]): Promise<ReadonlyMap<string, Patient>>;
}

const pageSize = 2000;
/** Shorter ones would begin half of all serial numbers. */
const shortestSerial = 4;

/**
 * The database remains the record. Every search first reads what has changed in it since the last one, so that it does not
 * matter which server changed it.
 */
export function createRoster(store: PatientStore, now: () => number): Roster {
  const rows: RosterRow[] = [];
  const names: string[] = [];
  const keys = createSortKeys();
  const memberOf = new Map<string, number>();
  const index = createPrefixIndex();
  const merged = createMergedRecords();
  /** Who has IDs that are easily taken for each other; an ID never changes. */
  const lookalikes = new Map<string, number[]>();
  /** Members in name order. */
  let order: number[] = [];
  /** The number of the last change that is in here. */
  let readSeq = 0;
  let isUnsorted = false;
  const shareRefresh = createSingleFlight<void>();

  const before = (a: number, b: number): number => {
    const [nameA, nameB] = [names[a] ?? "", names[b] ?? ""];
    return nameA < nameB ? -1 : nameA > nameB ? 1 : a - b;
  };

  /** True when the name order is no longer right. */
  function put(row: RosterRow): boolean {
    const known = memberOf.get(row.id);
    const member = known ?? rows.length;
    const old = rows[member];
    rows[member] = row;
    memberOf.set(row.id, member);
    keys.put(member, row);
    merged.put(row);
    if (known === undefined) {
      const key = uidLookalikeKey(row.partnerUid);
      lookalikes.set(key, [...(lookalikes.get(key) ?? []), member]);
    }
    if (old?.name === row.name) return false;
    names[member] = sortKeyOf(row.name);
    index.put(member, termsOf(row));
    if (known === undefined) order.push(member);
    return true;
  }

  async function readChanges(): Promise<void> {
    for (;;) {
      const changed = await store.changedAfter(readSeq, pageSize);
      for (const { row } of changed) isUnsorted = put(row) || isUnsorted;
      readSeq = changed.at(-1)?.seq ?? readSeq;
      if (changed.length < pageSize) break;
      // A hundred thousand patients are read at the first search; others' requests go in between.
      await nextTurn();
    }
    if (isUnsorted) order = order.toSorted(before);
    isUnsorted = false;
  }

  const refresh = () => shareRefresh(readChanges);

  async function wearers(word: string): Promise<number[]> {
    const serial = parseSerial(word);
    if (!serial || serial.length < shortestSerial || !/\d/.test(serial)) return [];
    const ids = await store.wearersOf(serial);
    return ids.flatMap((id) => memberOf.get(id) ?? []);
  }

  /** A record that was merged is found as the one it is now a part of. */
  function shown(member: number): number | undefined {
    const into = rows[member]?.mergedInto;
    return into ? memberOf.get(into) : member;
  }

  /** Marks with 1 who matches; answers with how many, and how many more a search would find outside the filter. */
  async function mark(
    marks: Uint8Array,
    q: string,
    filter: RosterFilter,
    staffId: string,
  ): Promise<Pick<RosterPage, "total" | "outsideFilter">> {
    const passes = matchesFilter(filter, staffId, now());
    const words = searchWords(q);
    /** How many of the words, in their order, each member has met. */
    const met = new Uint8Array(rows.length);
    let candidates: readonly number[] = order;
    for (const [place, word] of words.entries()) {
      candidates = [...index.find(word), ...(await wearers(word))];
      for (const member of candidates) if (met[member] === place) met[member] = place + 1;
    }
    let total = 0;
    const outsideFilter = { listed: 0, archived: 0 };
    for (const candidate of candidates) {
      if (met[candidate] !== words.length) continue;
      const member = shown(candidate);
      const row = member === undefined ? undefined : rows[member];
      if (member === undefined || !row || row.mergedInto || marks[member] !== 0) continue;
      const isWithin = passes(row);
      marks[member] = isWithin ? 1 : 2;
      if (isWithin) total += 1;
      else if (words.length > 0) outsideFilter[row.archivedAtMs === null ? "listed" : "archived"] += 1;
    }
    return { total, outsideFilter };
  }

  function listed(member: number): ListedPatient[] {
    const row = rows[member];
    if (!row) return [];
    return [{ ...row, merged: merged.of(row.id).map(({ partnerUid, name }) => ({ partnerUid, name })) }];
  }

  return {
    search: async ({ q, filter, sort, down, limit, offset }, staffId) => {
      await refresh();
      const marks = new Uint8Array(rows.length);
      const { total, outsideFilter } = await mark(marks, q, filter, staffId);
      const members = inOrder(order, marks, keys, {
        sort,
        down,
        from: offset,
        to: Math.min(total, offset + limit),
      });
      return { rows: members.flatMap(listed), total, outsideFilter };
    },
    withUidsLike: async (partnerUids) => {
      await refresh();
      return new Map(
        partnerUids.flatMap((partnerUid) => {
          const members = lookalikes.get(uidLookalikeKey(partnerUid)) ?? [];
          const alike = members.map((member) => rows[member]).find((row) => row?.partnerUid !== partnerUid);
          return alike ? [[partnerUid, alike] as const] : [];
        }),
      );
    },
    facets: async () => {
      await refresh();
      return facetsOf(rows);
    },
  };
}

const counted = (counts: ReadonlyMap<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

function facetsOf(rows: readonly RosterRow[]): RosterFacets {
  const regions = new Map<string, number>();
  const tags = new Map<string, number>();
  let [total, archived, unchecked] = [0, 0, 0];
  let oldestCheckMs: number | null = null;
  for (const row of rows) {
    if (row.mergedInto) continue;
    if (row.archivedAtMs !== null) {
      archived += 1;
      continue;
    }
    total += 1;
    regions.set(row.region, (regions.get(row.region) ?? 0) + 1);
    for (const tag of row.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    if (row.status)
      oldestCheckMs = Math.min(oldestCheckMs ?? Number.POSITIVE_INFINITY, row.status.checkedAtMs);
    else unchecked += 1;
  }
  return {
    total,
    archived,
    unchecked,
    oldestCheckMs,
    regions: counted(regions).map(([region, count]) => ({ region, count })),
    tags: counted(tags).map(([tag, count]) => ({ tag, count })),
  };
}
