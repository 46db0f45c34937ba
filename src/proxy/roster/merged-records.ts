import type { RosterRow } from "#contract/roster.ts";

/** Which records are now a part of which. */
export interface MergedRecords {
  put(row: RosterRow): void;
  of(id: string): RosterRow[];
}

export function createMergedRecords(): MergedRecords {
  const parts = new Map<string, Map<string, RosterRow>>();
  const wholeOf = new Map<string, string>();
  return {
    put: (row) => {
      const before = wholeOf.get(row.id);
      if (before) parts.get(before)?.delete(row.id);
      wholeOf.delete(row.id);
      if (!row.mergedInto) return;
      wholeOf.set(row.id, row.mergedInto);
      const siblings = parts.get(row.mergedInto) ?? new Map<string, RosterRow>();
      parts.set(row.mergedInto, siblings.set(row.id, row));
    },
    of: (id) => [...(parts.get(id)?.values() ?? [])],
  };
}
