import type { RosterFacets, RosterRow } from "#contract/roster.ts";

const counted = (counts: ReadonlyMap<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

export function facetsOf(rows: readonly RosterRow[]): RosterFacets {
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
