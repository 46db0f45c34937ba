import type { LikelyDuplicate } from "#contract/identity.ts";
import { mostDuplicates } from "#contract/patient-change.ts";
import type { ListedPatient, RosterRow } from "#contract/roster.ts";
import { uidLookalikeKey } from "#contract/uid-lookalike.ts";
import { withNotesOf } from "../store/patient-marks.ts";
import type { ChangedRow } from "../store/patient-reads.ts";
import { limitsAtFirst } from "../store/worklist-limits.ts";
import { createFilterColumns, type FilterColumns } from "./filter.ts";
import { createIdentities, type Identities, type Identity } from "./identities.ts";
import { createJudged, type Judged } from "./judged.ts";
import { createMergedRecords } from "./merged-records.ts";
import { createNearNames, type NearNames } from "./near-names.ts";
import { createPrefixIndex } from "./prefix-index.ts";
import { createSortKeys, type SortKeys } from "./sort.ts";
import { searchWords, sortKeyOf, termBeginnings, termsOf } from "./terms.ts";

/** A merged record is shown as the one that it is a part of. */
type Standing = "listed" | "archived" | "merged";

const standingOf = ({ mergedInto, archivedAtMs }: RosterRow): Standing => {
  if (mergedInto !== null) return "merged";
  return archivedAtMs === null ? "listed" : "archived";
};

const sameAs = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** Everybody in the roster. A member is a small whole number, the place of their row in `rows`. */
export interface Members {
  readonly rows: readonly RosterRow[];
  /** By member: a search of everybody that had to look into their rows would take three times as long. */
  readonly standings: readonly Standing[];
  readonly keys: SortKeys;
  readonly filter: Pick<FilterColumns, "matches">;
  judged(): Judged;
  /** By other limits: whoever is not in it yet is to be put again. */
  judgeBy(judged: Judged): void;
  /** Members in name order, as of the last `sort`. */
  order(): readonly number[];
  put(changed: Omit<ChangedRow, "seq">): void;
  /** To be called after a series of `put`s. */
  sort(): void;
  memberOf(id: string): number | undefined;
  /** Those who have a term beginning with `word`, each once or more. */
  find(word: string): number[];
  readonly nearNames: Pick<NearNames, "near">;
  /** Whose partner user ID or hospital number this is, case and width aside: first in any order. */
  called(text: string): number[];
  /** The one they are shown as: a merged record is found as the one it is now a part of. */
  shown(member: number): number | undefined;
  /** Who has an ID that is not the same and easily taken for it. */
  alike(partnerUid: string): RosterRow | undefined;
  readonly identities: Pick<Identities, "born" | "withPhone">;
  /**
   * Who is likely the same person, merged records as the one they are now a part of; not the record of this
   * ID, nor who has that partner user ID.
   */
  duplicatesOf(person: Identity, not: { id?: string | null; partnerUid?: string }): LikelyDuplicate[];
  listed(member: number): Omit<ListedPatient, "worklist">[];
}

export function createMembers(now: () => number): Members {
  const rows: RosterRow[] = [];
  const standings: Standing[] = [];
  const names: string[] = [];
  const keys = createSortKeys();
  const filter = createFilterColumns();
  const memberOf = new Map<string, number>();
  const index = createPrefixIndex();
  const merged = createMergedRecords();
  const identities = createIdentities();
  const nearNames = createNearNames();
  /** How many have each name, as the list sorts it; a record that is a part of another one does not count. */
  const namesakes = new Map<string, number>();
  /** Who has IDs that are easily taken for each other; an ID never changes. */
  const lookalikes = new Map<string, number[]>();
  let judged = createJudged(limitsAtFirst, now);
  let order: number[] = [];
  let isUnsorted = false;

  const before = (a: number, b: number): number => {
    const [nameA, nameB] = [names[a] ?? "", names[b] ?? ""];
    return nameA < nameB ? -1 : nameA > nameB ? 1 : a - b;
  };

  const countName = (row: RosterRow | undefined, by: 1 | -1, key: string) => {
    if (row && !row.mergedInto) namesakes.set(key, (namesakes.get(key) ?? 0) + by);
  };

  const shown = (member: number) => {
    if (standings[member] !== "merged") return member;
    return memberOf.get(rows[member]?.mergedInto ?? "");
  };

  return {
    rows,
    standings,
    keys,
    filter,
    judged: () => judged,
    judgeBy: (other) => {
      judged = other;
    },
    order: () => order,
    put: ({ row, figures, aroseMs }) => {
      const known = memberOf.get(row.id);
      const member = known ?? rows.length;
      const old = rows[member];
      rows[member] = row;
      standings[member] = standingOf(row);
      memberOf.set(row.id, member);
      keys.put(member, row, figures);
      filter.put(member, row);
      judged.put(member, row, figures, aroseMs);
      merged.put(row);
      identities.put(member, row, old);
      if (known === undefined) {
        const key = uidLookalikeKey(row.partnerUid);
        lookalikes.set(key, [...(lookalikes.get(key) ?? []), member]);
      }
      if (old?.name !== row.name || old.hospitalNumber !== row.hospitalNumber)
        index.put(member, termsOf(row));
      countName(old, -1, names[member] ?? "");
      if (old?.name !== row.name) {
        names[member] = sortKeyOf(row.name);
        nearNames.put(member, row.name);
      }
      countName(row, 1, names[member] ?? "");
      if (old?.name === row.name) return;
      if (known === undefined) order.push(member);
      isUnsorted = true;
    },
    sort: () => {
      if (isUnsorted) order = order.toSorted(before);
      isUnsorted = false;
    },
    memberOf: (id) => memberOf.get(id),
    find: (word) => termBeginnings(word).flatMap(index.find),
    shown,
    called: (text) => {
      const called = sameAs(text);
      if (called === "" || /\s/.test(called)) return [];
      const members = index.find(searchWords(text)[0] ?? "").filter((member) => {
        const row = rows[member];
        return row && [row.partnerUid, row.hospitalNumber].some((id) => id !== null && sameAs(id) === called);
      });
      return [...new Set(members.flatMap((member) => shown(member) ?? []))];
    },
    identities,
    nearNames,
    duplicatesOf: (person, { id, partnerUid }) => {
      const found = new Map<string, LikelyDuplicate>();
      const own = id ? memberOf.get(id) : undefined;
      const self = own === undefined ? undefined : shown(own);
      for (const { member, same } of identities.alike(person)) {
        const whole = shown(member);
        const row = whole === undefined ? undefined : rows[whole];
        if (!row || whole === self || row.partnerUid === partnerUid || found.has(row.id)) continue;
        const { name, dateOfBirth } = row;
        found.set(row.id, { id: row.id, name, partnerUid: row.partnerUid, dateOfBirth, same });
        if (found.size === mostDuplicates) break;
      }
      return [...found.values()];
    },
    alike: (partnerUid) => {
      const found = lookalikes.get(uidLookalikeKey(partnerUid)) ?? [];
      return found.map((member) => rows[member]).find((row) => row?.partnerUid !== partnerUid);
    },
    listed: (member) => {
      const row = rows[member];
      if (!row) return [];
      const parts = merged.of(row.id);
      return [
        {
          ...row,
          marks: withNotesOf(
            row.marks,
            parts.map(({ marks }) => marks),
          ),
          merged: parts.map(({ partnerUid, name }) => ({ partnerUid, name })),
          hasNamesake: (namesakes.get(names[member] ?? "") ?? 0) > 1,
        },
      ];
    },
  };
}
