import { axisMaxMmolL, edgesMmolL } from "#glucose/bands.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { thin } from "#glucose/thinning.ts";
import type { Curve, Track } from "./curve-model.ts";
import { type Plot, xOf, yOf } from "./plot.ts";

/** Tenths of a pixel: short to write, and finer than a screen shows. */
const px = (value: number): number => Math.round(value * 10) / 10;

interface Line {
  readonly path: string;
  /** Where the line leaves the axis upwards, and the highest value there. */
  readonly clippedX: number[];
  readonly clippedMmolL: number[];
}

/**
 * The lines of a window as one SVG path: every low and high of each pixel column, broken at gaps, a dot where
 * a reading stands alone; and the places where they leave the axis upwards.
 */
export function curvePath({ tracks }: Pick<Curve, "tracks">, plot: Plot): Line {
  const lines = tracks.map((track) => trackPath(track, plot));
  return {
    path: lines.map(({ path }) => path).join(""),
    clippedX: lines.flatMap(({ clippedX }) => clippedX),
    clippedMmolL: lines.flatMap(({ clippedMmolL }) => clippedMmolL),
  };
}

function trackPath({ timesMs, valuesMmolL, stretch }: Track, plot: Plot): Line {
  const clippedX: number[] = [];
  const clippedMmolL: number[] = [];
  const { topMmolL = axisMaxMmolL } = plot;
  const perMs = plot.width / (plot.endMs - plot.startMs);
  const perMmolL = plot.height / topMmolL;
  const bottom = plot.y + plot.height;
  let path = "";
  let previous = -1;
  let alone = false;
  let lastX = Number.NaN;
  for (const i of thin(timesMs, valuesMmolL, plot.startMs, plot.endMs, Math.max(1, Math.round(plot.width)))) {
    const x = px(plot.x + ((timesMs[i] as number) - plot.startMs) * perMs);
    const value = valuesMmolL[i] as number;
    const y = px(bottom - Math.min(value, topMmolL) * perMmolL);
    const joined = previous >= 0 && stretch[i] === stretch[previous];
    // A line may run on over the edge; what stands alone behind it is not to be seen, and comes and goes with later reads.
    if (!joined && (timesMs[i] as number) > plot.endMs) break;
    if (!joined && alone) path += "h0";
    path += joined ? (x === lastX ? `V${y}` : `L${x} ${y}`) : `M${x} ${y}`;
    alone = !joined;
    previous = i;
    lastX = x;
    if (value <= topMmolL) continue;
    const last = clippedX.length - 1;
    if (last < 0 || x - (clippedX[last] as number) > 12) {
      clippedX.push(x);
      clippedMmolL.push(value);
    } else clippedMmolL[last] = Math.max(clippedMmolL[last] as number, value);
  }
  return { path: alone ? `${path}h0` : path, clippedX, clippedMmolL };
}

/** Of the clipped places that share the room of one label, the highest. */
export function clippedLabels(
  { clippedX, clippedMmolL }: Pick<Line, "clippedX" | "clippedMmolL">,
  roomPx: number,
): { x: number; valueMmolL: number }[] {
  const labels: { x: number; valueMmolL: number }[] = [];
  for (const [i, x] of clippedX.entries()) {
    const valueMmolL = clippedMmolL[i] as number;
    const last = labels.at(-1);
    if (!last || x - last.x >= roomPx) labels.push({ x, valueMmolL });
    else if (valueMmolL > last.valueMmolL) labels[labels.length - 1] = { x, valueMmolL };
  }
  return labels;
}

const crossPx = 3.5;

/**
 * A cross at the edge for each value that no sensor can mean: below the axis' foot
 * or above its top, never on the line.
 */
export function implausiblePath({ implausible }: Pick<Curve, "implausible">, plot: Plot): string {
  let path = "";
  const lastX = { foot: Number.NEGATIVE_INFINITY, top: Number.NEGATIVE_INFINITY };
  for (const { timeMs, valueMmolL } of implausible) {
    if (timeMs < plot.startMs || timeMs > plot.endMs) continue;
    const edge = valueMmolL < edgesMmolL.low ? "foot" : "top";
    const x = px(xOf(plot, timeMs));
    if (x - lastX[edge] < 2 * crossPx) continue;
    lastX[edge] = x;
    const y = edge === "foot" ? plot.y + plot.height - 2 * crossPx : plot.y + 2 * crossPx;
    path += `M${px(x - crossPx)} ${px(y - crossPx)}l7 7m0-7l-7 7`;
  }
  return path;
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
