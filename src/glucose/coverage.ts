import type { Reading } from "./reading.ts";

/**
 * How much of the time readings stand for, ms: each its sensor's nominal spacing. Where the next one comes sooner from another
 * sensor, or much sooner from the same (a restarted clock), only the time until then, so that nothing counts twice.
 * Readings in time order.
 */
export function coveredMs(readings: readonly Reading[], spacings: ReadonlyMap<string, number>): number {
  let sumMs = 0;
  for (let index = 0; index < readings.length; index += 1) {
    const { sensor, timeMs } = readings[index] as Reading;
    const ownMs = spacings.get(sensor) ?? 0;
    const next = readings[index + 1];
    const untilNextMs = next ? next.timeMs - timeMs : ownMs;
    const isCutShort = next?.sensor === sensor ? untilNextMs < (ownMs * 2) / 3 : untilNextMs < ownMs;
    sumMs += isCutShort ? untilNextMs : ownMs;
  }
  return sumMs;
}
