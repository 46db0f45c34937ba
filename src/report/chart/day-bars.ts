import { axisMaxMmolL } from "#glucose/bands.ts";
import type { DayRange } from "#glucose/day-ranges.ts";
import { dayMs, type Span } from "#glucose/time.ts";
import { type Area, type Plot, xOf, yOf } from "./plot.ts";

/** Days narrower than this are a block of ups and downs: each is drawn as its range and median instead. */
const leastDayPx = 16;
const airPx = 1;

/** Whether a window is so long for its width that days are drawn instead of readings. */
export const isByDay = ({ startMs, endMs }: Span, { width }: Pick<Area, "width">): boolean =>
  (width * dayMs) / (endMs - startMs) < leastDayPx;

const px = (value: number): number => Math.round(value * 10) / 10;

/**
 * Each day of a window as a bar from its lowest to its highest value and a line at its median; and the
 * days whose highest lies above the axis.
 */
export function dayBars(
  days: readonly DayRange[],
  plot: Plot,
): { bars: string; medians: string; clippedX: number[]; clippedMmolL: number[] } {
  const { topMmolL = axisMaxMmolL } = plot;
  let [bars, medians] = ["", ""];
  const clippedX: number[] = [];
  const clippedMmolL: number[] = [];
  for (const { startMs, endMs, lowestMmolL, medianMmolL, highestMmolL } of days) {
    if (endMs <= plot.startMs || startMs >= plot.endMs) continue;
    const left = px(Math.max(plot.x, xOf(plot, startMs)) + airPx / 2);
    const right = px(Math.max(left + 1, Math.min(plot.x + plot.width, xOf(plot, endMs)) - airPx / 2));
    const top = px(yOf(plot, highestMmolL));
    const bottom = px(Math.max(yOf(plot, lowestMmolL), top + 1));
    const median = px(yOf(plot, medianMmolL));
    bars += `M${left} ${top}H${right}V${bottom}H${left}Z`;
    medians += `M${left} ${median}H${right}`;
    if (highestMmolL <= topMmolL) continue;
    clippedX.push((left + right) / 2);
    clippedMmolL.push(highestMmolL);
  }
  return { bars, medians, clippedX, clippedMmolL };
}
