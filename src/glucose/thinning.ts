import { lowerBound } from "./series.ts";

/**
 * Indices of the readings worth drawing from `startMs` to `endMs` on `columns` pixel columns: of each
 * column its first, lowest, highest and last, so that no low and no high is ever lost, and the
 * neighbours just outside, so that the line runs to the edge. Ascending, without repeats. Times in
 * ascending order; both arrays of one length.
 */
export function thin(
  timesMs: ArrayLike<number>,
  valuesMmolL: ArrayLike<number>,
  startMs: number,
  endMs: number,
  columns: number,
): number[] {
  const kept: number[] = [];
  const { length } = timesMs;
  const columnMs = (endMs - startMs) / columns;
  const keep = (index: number) => {
    if (kept[kept.length - 1] !== index) kept.push(index);
  };

  let index = lowerBound(length, (i) => timesMs[i] as number, startMs);
  if (index > 0) keep(index - 1);
  while (index < length && (timesMs[index] as number) <= endMs) {
    const column = Math.floor(((timesMs[index] as number) - startMs) / columnMs);
    const untilMs = Math.min(startMs + (column + 1) * columnMs, endMs);
    const first = index;
    let lowest = index;
    let highest = index;
    let low = valuesMmolL[index] as number;
    let high = low;
    for (index += 1; index < length && (timesMs[index] as number) < untilMs; index += 1) {
      const value = valuesMmolL[index] as number;
      if (value < low) {
        low = value;
        lowest = index;
      } else if (value > high) {
        high = value;
        highest = index;
      }
    }
    keep(first);
    keep(Math.min(lowest, highest));
    keep(Math.max(lowest, highest));
    keep(index - 1);
  }
  if (index < length) keep(index);
  return kept;
}
