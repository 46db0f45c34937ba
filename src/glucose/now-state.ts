import { type Band, bandOf, type Edges } from "./bands.ts";
import { outsideSince } from "./episodes.ts";
import { latestIndex, type SideSince, sideSince } from "./latest.ts";
import type { Reading } from "./reading.ts";
import { followsGap } from "./series.ts";
import { type Trend, trendOf } from "./trend.ts";
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
  /** See `projectedOf`; absent from a look of before. */
  readonly projectedMmolL?: number;
}

/** Falling so near the lower edge of the range, mmol/L, is a reason to look. */
export const nearLowMmolL = 1;

/** How glucose changes at least at each trend, mmol/L a minute: 1 and 2 mg/dL. */
const ratesMmolL: Readonly<Record<Trend, number>> = {
  stable: 0,
  "slowly-rising": 0.06,
  "slowly-falling": -0.06,
  "rapid-rise": 0.11,
  "rapid-drop": -0.11,
  unknown: 0,
};
const projectedMin = 15;
/** What is projected is kept, and no reading is. */
export const projectedStepMmolL = 0.5;

/** Where glucose is in a quarter of an hour if its trend goes on, mmol/L, in whole steps: how urgent it is. */
const projectedOf = (valueMmolL: number, trend: number | null): number =>
  Math.max(
    0,
    Math.round((valueMmolL + ratesMmolL[trendOf(trend)] * projectedMin) / projectedStepMmolL) *
      projectedStepMmolL,
  );

/**
 * The state at the latest reading; null without one that counts. Readings in time order.
 */
export function nowStateOf(readings: readonly Reading[], edges: Edges): NowState | null {
  const index = latestIndex(readings);
  const latest = readings[index];
  if (!latest || !isUsable(latest)) return null;
  const band = bandOf(latest.valueMmolL, edges);
  const { sinceMs, isAtLeast } = sinceOf(readings, index, band, edges);
  const trend = followsGap(readings, index) ? null : latest.trend;
  return {
    timeMs: latest.timeMs,
    band,
    sinceMs,
    isAtLeast,
    trend,
    isNearLow: Math.round((latest.valueMmolL - edges.low) * 10) <= nearLowMmolL * 10,
    projectedMmolL: projectedOf(latest.valueMmolL, trend),
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
