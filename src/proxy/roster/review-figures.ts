import type { ReviewFigures } from "#contract/review-figures.ts";
import type { RosterRow } from "#contract/roster.ts";
import type { Worklist } from "./worklist.ts";

/** What the rows tell of how the reviews go. */
export type RowFigures = Pick<ReviewFigures, "listed" | "unread" | "reviewed" | "open" | "oldest">;

/** Of everybody in the list, with reviews from `fromMs` on. */
export function reviewFiguresOf(
  rows: readonly RosterRow[],
  worklist: Pick<Worklist, "stateOf">,
  fromMs: number,
  nowMs: number,
): RowFigures {
  const figures: RowFigures = { listed: 0, unread: 0, reviewed: 0, open: 0, oldest: null };
  rows.forEach(({ marks, status, createdAtMs, archivedAtMs, mergedInto }, member) => {
    if (archivedAtMs !== null || mergedInto) return;
    const atMs = marks?.review?.atMs;
    figures.listed += 1;
    if (!status) figures.unread += 1;
    if (atMs !== undefined && atMs >= fromMs) figures.reviewed += 1;
    if (worklist.stateOf(member, nowMs) !== "open") return;
    figures.open += 1;
    const sinceMs = atMs ?? createdAtMs;
    if (!figures.oldest || sinceMs < figures.oldest.sinceMs)
      figures.oldest = { sinceMs, isNever: atMs === undefined };
  });
  return figures;
}
