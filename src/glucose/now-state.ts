import { type Band, bandOf, type Edges, isPlausible } from "./bands.ts";
import { latestIndex } from "./latest.ts";
import type { Reading } from "./reading.ts";
import { followsGap } from "./series.ts";
import { gapThresholdMs, spacingOf, spacingsOf } from "./spacing.ts";
import { isUsable } from "./usable.ts";

/** How glucose was at a person's latest reading, without its value. */
export interface NowState {
  readonly timeMs: number;
  readonly band: Band;
  /** Since when it has been so: below the range, in it, above it, or above the edge of very high. */
  readonly sinceMs: number;
  /** That is the first reading there is, and it may have been so for longer. */
  readonly isAtLeast: boolean;
  /** The platform's code; null after a gap, where it says nothing. */
  readonly trend: number | null;
  /** At most `nearLowMmolL` above the lower edge of the range. */
  readonly isNearLow: boolean;
}

/** What counts as going on: very high apart from high, low and very low as one. */
const sideOf = (band: Band) => (band === "very-low" ? "low" : band);

/** Falling so near the lower edge of the range, mmol/L, is a reason to look. */
export const nearLowMmolL = 1;

/**
 * The state at the latest reading; null without one that counts. Readings in time order.
 */
export function nowStateOf(readings: readonly Reading[], edges: Edges): NowState | null {
  const index = latestIndex(readings);
  const latest = readings[index];
  if (!latest || !isUsable(latest)) return null;
  const band = bandOf(latest.valueMmolL, edges);
  const thresholdMs = gapThresholdMs(spacingOf(spacingsOf(readings), latest.sensor));
  let sinceMs = latest.timeMs;
  let isAtLeast = true;
  for (let before = index - 1; before >= 0; before -= 1) {
    const reading = readings[before] as Reading;
    if (reading.sensor !== latest.sensor || !isPlausible(reading.valueMmolL)) continue;
    if (reading.warmUp || sinceMs - reading.timeMs > thresholdMs) break;
    if (sideOf(bandOf(reading.valueMmolL, edges)) !== sideOf(band)) {
      isAtLeast = false;
      break;
    }
    sinceMs = reading.timeMs;
  }
  return {
    timeMs: latest.timeMs,
    band,
    sinceMs,
    isAtLeast,
    trend: followsGap(readings, index) ? null : latest.trend,
    isNearLow: Math.round((latest.valueMmolL - edges.low) * 10) <= nearLowMmolL * 10,
  };
}
