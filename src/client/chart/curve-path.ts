import { axisMaxMmolL } from "#glucose/bands.ts";
import { thin } from "#glucose/thinning.ts";
import type { Curve } from "./curve-model.ts";

/** Where the plot lies and what it shows, px and Unix ms. */
export interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly startMs: number;
  readonly endMs: number;
}

export const xOf = (plot: Plot, timeMs: number): number =>
  plot.x + ((timeMs - plot.startMs) / (plot.endMs - plot.startMs)) * plot.width;

/** What lies above the axis is drawn at its upper edge. */
export const yOf = (plot: Plot, valueMmolL: number): number =>
  plot.y + plot.height * (1 - Math.min(valueMmolL, axisMaxMmolL) / axisMaxMmolL);

const px = (value: number): string => value.toFixed(1);

/**
 * The line of a window as an SVG path: every low and high of each pixel column, broken at gaps, a dot where a reading
 * stands alone; and the places where it leaves the axis upwards.
 */
export function curvePath(curve: Curve, plot: Plot): { path: string; clippedX: number[] } {
  const { timesMs, valuesMmolL, stretch } = curve;
  const clippedX: number[] = [];
  let path = "";
  let previous = -1;
  let alone = false;
  for (const i of thin(timesMs, valuesMmolL, plot.startMs, plot.endMs, Math.max(1, Math.round(plot.width)))) {
    const x = xOf(plot, timesMs[i] ?? 0);
    const value = valuesMmolL[i] ?? 0;
    const joined = previous >= 0 && stretch[i] === stretch[previous];
    if (!joined && alone) path += "h0";
    path += `${joined ? "L" : "M"}${px(x)} ${px(yOf(plot, value))}`;
    alone = !joined;
    previous = i;
    const lastClipped = clippedX.at(-1);
    if (value > axisMaxMmolL && (lastClipped === undefined || x - lastClipped > 12)) clippedX.push(x);
  }
  return { path: alone ? `${path}h0` : path, clippedX };
}

/** Warm-up readings of a window as dots, at most one per two pixels across. */
export function warmUpPath(curve: Curve, plot: Plot): string {
  let path = "";
  let lastX = Number.NEGATIVE_INFINITY;
  for (const { timeMs, valueMmolL } of curve.warmUp) {
    const x = xOf(plot, timeMs);
    if (timeMs < plot.startMs || timeMs > plot.endMs || x - lastX < 2) continue;
    path += `M${px(x)} ${px(yOf(plot, valueMmolL))}h0`;
    lastX = x;
  }
  return path;
}
