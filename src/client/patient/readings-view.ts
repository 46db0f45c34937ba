import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";

export const readingColumns = ["time", "value", "band", "trend", "sensor", "delay"] as const;
export type ReadingColumn = (typeof readingColumns)[number];

/** The columns that readings are sorted by. */
const sortable = { time: "timeMs", value: "valueMmolL", delay: "uploadDelayMin" } as const;
type SortKey = keyof typeof sortable;

export const isSortable = (column: ReadingColumn): column is SortKey => column in sortable;

export interface Sort {
  readonly key: SortKey;
  readonly isDown: boolean;
}

export const newestFirst: Sort = { key: "time", isDown: true };

/** A column's own name pressed: downwards first, then the other way round. */
export const sortBy = (key: SortKey, before: Sort): Sort => ({
  key,
  isDown: before.key !== key || !before.isDown,
});

export function sortedReadings(
  readings: readonly Reading[],
  { startMs, endMs }: Span,
  { key, isDown }: Sort,
): Reading[] {
  const field = sortable[key];
  const sign = isDown ? -1 : 1;
  const value = (reading: Reading) => reading[field] ?? -1;
  return inWindow(readings, startMs, endMs).sort((a, b) => sign * (value(a) - value(b)));
}
