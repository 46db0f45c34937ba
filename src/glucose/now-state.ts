import { type Band, bandOf, type Edges } from "./bands.ts";
import { outsideSince } from "./episodes.ts";
import { latestIndex, type SideSince, sideSince } from "./latest.ts";
import type { Reading } from "./reading.ts";
import { followsGap } from "./series.ts";
import { isUsable } from "./usable.ts";

/** How glucose was at a person's latest reading, without its value. */
export interface NowState {
  readonly timeMs: number;
  readonly band: Band;
  /** Since when it has been so: in the range, or beyond the band's own edge of it. */
  readonly sinceMs: number;
  /** It was not seen to begin, and may have been so for longer. */
  readonly isAtLeast: boolean;
  /** The platform's code; null after a gap, where it says nothing. */
  readonly trend: number | null;
  /** At most `nearLowMmolL` above the lower edge of the range. */
  readonly isNearLow: boolean;
}

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
  const { sinceMs, isAtLeast } = sinceOf(readings, index, band, edges);
  return {
    timeMs: latest.timeMs,
    band,
    sinceMs,
    isAtLeast,
    trend: followsGap(readings, index) ? null : latest.trend,
    isNearLow: Math.round((latest.valueMmolL - edges.low) * 10) <= nearLowMmolL * 10,
  };
}

function sinceOf(
  readings: readonly Reading[],
  index: number,
  band: Band,
  edges: Edges,
): Pick<NowState, "sinceMs" | "isAtLeast"> {
  if (band !== "in-range") {
    const { startMs, isBeginSeen } = outsideSince(readings, index, band, edges);
    return { sinceMs: startMs, isAtLeast: !isBeginSeen };
  }
  const { sinceMs, before } = sideSince(readings, index, edges, Number.NEGATIVE_INFINITY) as SideSince;
  return { sinceMs, isAtLeast: before !== "other-side" };
}
