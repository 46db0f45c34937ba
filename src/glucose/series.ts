import type { Reading } from "./reading.ts";
import { gapThresholdMs, spacingMs } from "./spacing.ts";

const receivedFirst = (a: Reading, b: Reading): Reading =>
  (b.uploadDelayMin ?? Number.POSITIVE_INFINITY) < (a.uploadDelayMin ?? Number.POSITIVE_INFINITY) ? b : a;

/**
 * Readings of all lists in time order, each sensor's measurement once. Of several records of one measurement (a new phone
 * uploads the whole history again) the one that arrived first stays.
 */
export function mergeReadings(...lists: readonly (readonly Reading[])[]): Reading[] {
  const sorted = lists.flat().sort((a, b) => a.timeMs - b.timeMs);
  const merged: Reading[] = [];
  for (const reading of sorted) {
    let at = merged.length - 1;
    while (at >= 0 && merged[at]?.timeMs === reading.timeMs && merged[at]?.sensor !== reading.sensor) at -= 1;
    const same = merged[at];
    if (same?.timeMs === reading.timeMs) merged[at] = receivedFirst(same, reading);
    else merged.push(reading);
  }
  return merged;
}

/** The gaps between readings in time order, whichever sensor they came from: from the last reading before to the first after. */
export function findGaps(readings: readonly Reading[]): { fromMs: number; toMs: number }[] {
  const thresholdMs = gapThresholdMs(spacingMs(readings));
  const gaps: { fromMs: number; toMs: number }[] = [];
  for (const [index, reading] of readings.entries()) {
    const fromMs = readings[index - 1]?.timeMs;
    if (fromMs !== undefined && reading.timeMs - fromMs > thresholdMs)
      gaps.push({ fromMs, toMs: reading.timeMs });
  }
  return gaps;
}

/**
 * Whether the last reading comes after a gap, or stands alone: then the platform's trend is not about what was measured, and
 * no arrow is shown (clinical.md, Trend). Readings in time order.
 */
export function followsGap(readings: readonly Reading[]): boolean {
  const [before, last] = readings.slice(-2);
  return !before || !last || last.timeMs - before.timeMs > gapThresholdMs(spacingMs(readings));
}

/** The first of `length` ascending numbers that is not below `limit`; `length` when there is none. */
export function lowerBound(length: number, at: (index: number) => number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first reading at or after `timeMs`; the length when there is none. Readings in time order. */
export const firstAtOrAfter = (readings: readonly Reading[], timeMs: number): number =>
  lowerBound(readings.length, (index) => readings[index]?.timeMs ?? Number.POSITIVE_INFINITY, timeMs);

/** The readings from `startMs` (inclusive) to `endMs` (exclusive). Readings in time order. */
export const inWindow = (readings: readonly Reading[], startMs: number, endMs: number): Reading[] =>
  readings.slice(firstAtOrAfter(readings, startMs), firstAtOrAfter(readings, endMs));
