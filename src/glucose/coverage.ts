import type { Reading } from "./reading.ts";
import { spacingMs } from "./series.ts";

/** Nominal spacing (ms) of each sensor among the readings; one with too few readings to tell takes that of them all. */
export function spacingBySensorMs(readings: readonly Reading[]): Map<string, number> {
  const bySensor = Map.groupBy(readings, (reading) => reading.sensor);
  const overallMs = spacingMs(readings);
  return new Map(
    [...bySensor].map(([sensor, own]) => [sensor, own.length < 10 ? overallMs : spacingMs(own)]),
  );
}

/**
 * How much of the time readings stand for, ms: each its sensor's nominal spacing. Where the next one comes sooner from another
 * sensor, or much sooner from the same (a restarted clock), only the time until then, so that nothing counts twice.
 * Readings in time order.
 */
export function coveredMs(readings: readonly Reading[], spacings: ReadonlyMap<string, number>): number {
  let sumMs = 0;
  for (const [index, { sensor, timeMs }] of readings.entries()) {
    const ownMs = spacings.get(sensor) ?? 0;
    const next = readings[index + 1];
    const untilNextMs = next ? next.timeMs - timeMs : ownMs;
    const isCutShort = next?.sensor === sensor ? untilNextMs < (ownMs * 2) / 3 : untilNextMs < ownMs;
    sumMs += isCutShort ? untilNextMs : ownMs;
  }
  return sumMs;
}
