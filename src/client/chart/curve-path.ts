import { axisMaxMmolL } from "#glucose/bands.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { thin } from "#glucose/thinning.ts";
import type { Curve, Track } from "./curve-model.ts";
import { type Plot, xOf, yOf } from "./plot.ts";

/** Tenths of a pixel: short to write, and finer than a screen shows. */
const px = (value: number): number => Math.round(value * 10) / 10;

/**
 * The lines of a window as one SVG path: every low and high of each pixel column, broken at gaps, a dot where a reading
 * stands alone; and the places where they leave the axis upwards.
 */
export function curvePath(
  { tracks }: Pick<Curve, "tracks">,
  plot: Plot,
): { path: string; clippedX: number[] } {
  const lines = tracks.map((track) => trackPath(track, plot));
  return {
    path: lines.map(({ path }) => path).join(""),
    clippedX: lines.flatMap(({ clippedX }) => clippedX),
  };
}

function trackPath(
  { timesMs, valuesMmolL, stretch }: Track,
  plot: Plot,
): { path: string; clippedX: number[] } {
  const clippedX: number[] = [];
  const perMs = plot.width / (plot.endMs - plot.startMs);
  const perMmolL = plot.height / axisMaxMmolL;
  const bottom = plot.y + plot.height;
  let path = "";
  let previous = -1;
  let alone = false;
  let lastX = Number.NaN;
  for (const i of thin(timesMs, valuesMmolL, plot.startMs, plot.endMs, Math.max(1, Math.round(plot.width)))) {
    const x = px(plot.x + ((timesMs[i] as number) - plot.startMs) * perMs);
    const value = valuesMmolL[i] as number;
    const y = px(bottom - Math.min(value, axisMaxMmolL) * perMmolL);
    const joined = previous >= 0 && stretch[i] === stretch[previous];
    if (!joined && alone) path += "h0";
    path += joined ? (x === lastX ? `V${y}` : `L${x} ${y}`) : `M${x} ${y}`;
    alone = !joined;
    previous = i;
    lastX = x;
    const lastClipped = clippedX.at(-1);
    if (value > axisMaxMmolL && (lastClipped === undefined || x - lastClipped > 12)) clippedX.push(x);
  }
  return { path: alone ? `${path}h0` : path, clippedX };
}

/** Warm-up readings of a window as dots, at most one per two pixels across. */
export function warmUpPath(curve: Curve, plot: Plot): string {
  const { warmUp } = curve;
  let path = "";
  let lastX = Number.NEGATIVE_INFINITY;
  for (let i = firstAtOrAfter(warmUp, plot.startMs); i < warmUp.length; i += 1) {
    const { timeMs, valueMmolL } = warmUp[i] as (typeof warmUp)[number];
    if (timeMs > plot.endMs) break;
    const x = xOf(plot, timeMs);
    if (x - lastX < 2) continue;
    path += `M${px(x)} ${px(yOf(plot, valueMmolL))}h0`;
    lastX = x;
  }
  return path;
}
