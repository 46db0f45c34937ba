import { lowerBound } from "./series.ts";

/**
 * Indices of the readings worth drawing from `startMs` to `endMs` on `columns` pixel columns: of each column its first,
 * lowest, highest and last, so that no low and no high is ever lost, and the neighbours just outside, so that the line runs
 * to the edge. Ascending, without repeats. Times in ascending order; both arrays of one length.
 */
export function thin(
  timesMs: ArrayLike<number>,
  valuesMmolL: ArrayLike<number>,
  startMs: number,
  endMs: number,
  columns: number,
): number[] {
  const kept: number[] = [];
  const perMs = columns / (endMs - startMs);
  const time = (index: number) => timesMs[index] ?? Number.NaN;
  const value = (index: number) => valuesMmolL[index] ?? Number.NaN;
  const keep = (index: number) => {
    if (kept.at(-1) !== index) kept.push(index);
  };

  let index = lowerBound(timesMs.length, time, startMs);
  if (index > 0) keep(index - 1);
  while (index < timesMs.length && time(index) <= endMs) {
    const column = Math.floor((time(index) - startMs) * perMs);
    const first = index;
    let lowest = index;
    let highest = index;
    for (index += 1; index < timesMs.length && time(index) <= endMs; index += 1) {
      if (Math.floor((time(index) - startMs) * perMs) !== column) break;
      if (value(index) < value(lowest)) lowest = index;
      if (value(index) > value(highest)) highest = index;
    }
    keep(first);
    keep(Math.min(lowest, highest));
    keep(Math.max(lowest, highest));
    keep(index - 1);
  }
  if (index < timesMs.length) keep(index);
  return kept;
}
