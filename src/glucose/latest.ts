import { bandOf, type Edges, isPlausible } from "./bands.ts";
import { outsideSince } from "./episodes.ts";
import { freshnessOf } from "./freshness.ts";
import { longestGapMs } from "./outside-runs.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import { gapThresholdMs, spacingOf, spacingsOf } from "./spacing.ts";
import { isUsable } from "./usable.ts";

/**
 * Index of the reading that speaks for now, or −1: the last one with a value that a sensor can
 * mean. Where two sensors measure at once it is always the same one's: of those whose last
 * reading is not stale beside the newest, one past its warm-up before one that is not, then the
 * one that began last. Readings in time order.
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

export interface SideSince {
  readonly side: "below" | "in" | "above";
  /** Unix ms. */
  readonly sinceMs: number;
  /**
   * What came just before it: a reading on another side, none that can be used, or what was not asked for.
   * But for the first of them it may have been so for longer.
   */
  readonly before: "other-side" | "nothing" | "not-asked";
  /** Since then it was in range, for so short a time that it ended no episode. */
  readonly wasBack: boolean;
}

/** Which side of the range a value is on. */
export const sideOf = (valueMmolL: number, edges: Edges): SideSince["side"] => {
  const band = bandOf(valueMmolL, edges);
  return band === "in-range" ? "in" : band.endsWith("low") ? "below" : "above";
};

/**
 * Since when a reading has been on its side of the range: below or above it since the episode began (clinical.md,
 * Episodes), in it since its own sensor has measured so without a gap (Time). Null for a reading that takes
 * part in no number. Readings in time order, asked for from `fromMs` on.
 */
export function sideSince(
  readings: readonly Reading[],
  index: number,
  edges: Edges,
  fromMs: number,
): SideSince | null {
  const own = readings[index];
  if (!own || !isUsable(own)) return null;
  const side = sideOf(own.valueMmolL, edges);
  if (side === "in") return { side, ...inRangeSince(readings, index, edges, fromMs), wasBack: false };
  const kind = side === "below" ? "low" : "high";
  const { startMs: sinceMs, isBeginSeen } = outsideSince(readings, index, kind, edges);
  const unseen = sinceMs - fromMs <= longestGapMs ? "not-asked" : "nothing";
  const wasBack = readings
    .slice(firstAtOrAfter(readings, sinceMs), index)
    .some((one) => one.sensor === own.sensor && isUsable(one) && sideOf(one.valueMmolL, edges) === "in");
  return { side, sinceMs, before: isBeginSeen ? "other-side" : unseen, wasBack };
}

function inRangeSince(
  readings: readonly Reading[],
  index: number,
  edges: Edges,
  fromMs: number,
): Pick<SideSince, "sinceMs" | "before"> {
  const own = readings[index] as Reading;
  const thresholdMs = gapThresholdMs(spacingOf(spacingsOf(readings), own.sensor));
  let sinceMs = own.timeMs;
  for (let i = index - 1; i >= 0; i -= 1) {
    const reading = readings[i] as Reading;
    if (reading.sensor !== own.sensor || !isPlausible(reading.valueMmolL)) continue;
    if (reading.warmUp || sinceMs - reading.timeMs > thresholdMs) return { sinceMs, before: "nothing" };
    if (sideOf(reading.valueMmolL, edges) !== "in") return { sinceMs, before: "other-side" };
    sinceMs = reading.timeMs;
  }
  return { sinceMs, before: sinceMs - fromMs <= thresholdMs ? "not-asked" : "nothing" };
}
