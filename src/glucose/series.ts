import type { Reading } from "./reading.ts";

const minuteMs = 60_000;
const defaultSpacingMs = 3 * minuteMs;

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

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * The nominal time between readings, ms: the median distance between neighbours of one sensor, to the whole minute, at
 * least one. Sensors of 3, 5 and 15 minutes tell it themselves; fewer than ten readings cannot and count as 3 minutes.
 * Readings in time order.
 */
export function spacingMs(readings: readonly Reading[]): number {
  if (readings.length < 10) return defaultSpacingMs;
  const previousMs = new Map<string, number>();
  const distances: number[] = [];
  for (const { sensor, timeMs } of readings) {
    const before = previousMs.get(sensor);
    if (before !== undefined && timeMs > before) distances.push(timeMs - before);
    previousMs.set(sensor, timeMs);
  }
  if (distances.length === 0) return defaultSpacingMs;
  return Math.max(1, Math.round(median(distances) / minuteMs)) * minuteMs;
}

/**
 * The spacing from which on it is a gap: more than 15 minutes (clinical.md), or more than 1.5 × the nominal spacing where
 * that is longer, because a sensor that reports every 15 minutes is seldom punctual to the second.
 */
export const gapThresholdMs = (nominalSpacingMs: number): number =>
  Math.max(15 * minuteMs, 1.5 * nominalSpacingMs);

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
