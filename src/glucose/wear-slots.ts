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
 * The readings that count towards the share of data: one that follows the last counted one by less than two thirds of its
 * sensor's spacing (two sensors worn at once, a restarted clock) fills no slot of its own. Readings in time order.
 */
export function slotReadings(readings: readonly Reading[], spacings: ReadonlyMap<string, number>): Reading[] {
  let lastMs = Number.NEGATIVE_INFINITY;
  return readings.filter(({ sensor, timeMs }) => {
    if (timeMs - lastMs < ((spacings.get(sensor) ?? 0) * 2) / 3) return false;
    lastMs = timeMs;
    return true;
  });
}
