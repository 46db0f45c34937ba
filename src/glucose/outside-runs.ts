import type { Reading } from "./reading.ts";
import { minuteMs } from "./time.ts";

const shortestMs = 15 * minuteMs;
/** A longer silence ends an episode. Source: Battelino 2023, 10.1016/S2213-8587(22)00319-9. */
export const longestGapMs = 45 * minuteMs;

/** A run of readings outside an edge, as indices into one sensor's readings. */
export interface OutsideRun {
  readonly first: number;
  readonly last: number;
  /**
   * The last reading before the gap, or the end of the data, that cut it off;
   * null when glucose was seen to come back.
   */
  readonly cutAfter: number | null;
}

export const timeAt = (readings: readonly Reading[], index: number): number =>
  readings[index]?.timeMs ?? Number.NaN;

/**
 * The runs that `out` holds for, among one sensor's usable readings in time order. One begins with at least
 * 15 minutes in a row outside and ends with at least 15 in a row inside, each reading lasting `nominalMs`;
 * half of that is allowed for jitter. Source: clinical.md, Episodes.
 */
export function outsideRunsOf(
  used: readonly Reading[],
  nominalMs: number,
  out: (valueMmolL: number) => boolean,
): OutsideRun[] {
  const runs: OutsideRun[] = [];
  /** The reading with which the current stretch on one side of the edge began. */
  let stretchStart = 0;
  /** Index of an open run's first reading, or −1. */
  let opened = -1;

  const close = (last: number, cutAfter: number | null) => {
    runs.push({ first: opened, last, cutAfter });
    opened = -1;
  };
  const cutOff = (at: number) => {
    if (opened < 0) return;
    close(out(used[at]?.valueMmolL ?? Number.NaN) ? at : stretchStart - 1, at);
  };

  for (const [index, { timeMs, valueMmolL }] of used.entries()) {
    const afterGap = index > 0 && timeMs - timeAt(used, index - 1) > longestGapMs;
    if (afterGap) cutOff(index - 1);
    const crosses = index > 0 && out(valueMmolL) !== out(used[index - 1]?.valueMmolL ?? Number.NaN);
    if (afterGap || crosses) stretchStart = index;
    const lastsMs = timeMs - timeAt(used, stretchStart) + nominalMs;
    if (lastsMs < shortestMs - nominalMs / 2) continue;
    if (out(valueMmolL)) {
      if (opened < 0) opened = stretchStart;
    } else if (opened >= 0) close(stretchStart - 1, null);
  }
  cutOff(used.length - 1);
  return runs;
}

/** The lowest or the highest reading of a run, the first of equal ones. */
export function extremeOf(used: readonly Reading[], { first, last }: OutsideRun, isLowest: boolean): Reading {
  let extreme = first;
  for (let i = first + 1; i <= last; i += 1) {
    const [value, best] = [used[i]?.valueMmolL ?? 0, used[extreme]?.valueMmolL ?? 0];
    if (isLowest ? value < best : value > best) extreme = i;
  }
  return used[extreme] as Reading;
}
