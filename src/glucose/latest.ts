import { isPlausible } from "./bands.ts";
import { freshnessOf } from "./freshness.ts";
import type { Reading } from "./reading.ts";

/**
 * Index of the reading that speaks for now, or −1: the last one with a value that a sensor can mean. Where two sensors measure at once it
 * is always the same one's: of those whose last reading is not stale beside the newest, one past its warm-up before one that is not,
 * then the one that began last. Readings in time order.
 */
export function latestIndex(readings: readonly Reading[]): number {
  const lastOf = new Map<string, number>();
  const begunOf = new Map<string, number>();
  let newestMs = Number.NEGATIVE_INFINITY;
  for (const [index, { sensor, timeMs, valueMmolL }] of readings.entries()) {
    if (!begunOf.has(sensor)) begunOf.set(sensor, index);
    if (!isPlausible(valueMmolL)) continue;
    lastOf.set(sensor, index);
    newestMs = timeMs;
  }
  let best = -1;
  for (const index of lastOf.values()) {
    const own = readings[index] as Reading;
    if (freshnessOf(own.timeMs, newestMs) !== "current") continue;
    const other = readings[best];
    const isBetter =
      !other ||
      (own.warmUp === other.warmUp
        ? (begunOf.get(own.sensor) ?? 0) > (begunOf.get(other.sensor) ?? 0)
        : other.warmUp);
    if (isBetter) best = index;
  }
  return best;
}
