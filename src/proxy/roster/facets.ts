import type { RosterFacets, RosterRow } from "#contract/roster.ts";
import { minuteMs } from "#glucose/time.ts";
import type { Worklist } from "./worklist.ts";

const counted = (counts: ReadonlyMap<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

/** How far behind the list is. */
export function checksOf(
  rows: readonly Pick<RosterRow, "mergedInto" | "archivedAtMs" | "status">[],
): Pick<RosterFacets, "unchecked" | "oldestCheckMs"> {
  let unchecked = 0;
  let oldestCheckMs: number | null = null;
  for (const { mergedInto, archivedAtMs, status } of rows) {
    if (mergedInto || archivedAtMs !== null) continue;
    if (status) oldestCheckMs = Math.min(oldestCheckMs ?? Number.POSITIVE_INFINITY, status.checkedAtMs);
    else unchecked += 1;
  }
  return { unchecked, oldestCheckMs };
}

/** Within this everybody is to have been looked at. */
const lateMs = 15 * minuteMs;

export function facetsOf(
  rows: readonly RosterRow[],
  worklist: Pick<Worklist, "isNew" | "wentVeryLow" | "isLowNow">,
  nowMs: number,
): RosterFacets {
  const regions = new Map<string, number>();
  const tags = new Map<string, number>();
  let [total, archived, late, isNew, wentVeryLow, lowNow] = [0, 0, 0, 0, 0, 0];
  for (const [member, row] of rows.entries()) {
    if (row.mergedInto) continue;
    if (row.archivedAtMs !== null) {
      archived += 1;
      continue;
    }
    total += 1;
    if (row.status && nowMs - row.status.checkedAtMs > lateMs) late += 1;
    regions.set(row.region, (regions.get(row.region) ?? 0) + 1);
    for (const tag of row.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    if (worklist.isNew(member, nowMs)) isNew += 1;
    if (worklist.wentVeryLow(member)) wentVeryLow += 1;
    if (worklist.isLowNow(member, nowMs)) lowNow += 1;
  }
  return {
    total,
    archived,
    ...checksOf(rows),
    late,
    isNew,
    wentVeryLow,
    lowNow,
    regions: counted(regions).map(([region, count]) => ({ region, count })),
    tags: counted(tags).map(([tag, count]) => ({ tag, count })),
  };
}
