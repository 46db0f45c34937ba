import { lowerBound } from "#glucose/series.ts";
import { type Trend, trendOf } from "#glucose/trend.ts";
import type { Curve } from "./curve-model.ts";
import { type Plot, xOf, yOf } from "./curve-path.ts";

export interface PlacedArrow {
  readonly x: number;
  readonly y: number;
  readonly trend: Trend;
  readonly timeMs: number;
}

export const arrowWidth = 14;
const aboveCurve = 16;

/** Who gets a place first, and how far in px an arrow keeps from those that have one; never so near that two could touch. */
const ranks: readonly { trends: readonly Trend[]; apart: number }[] = [
  { trends: ["rapid-rise", "rapid-drop"], apart: arrowWidth + 6 },
  { trends: ["slowly-rising", "slowly-falling"], apart: 34 },
  { trends: ["stable"], apart: 56 },
];

/**
 * The trend arrows along the curve of a window, in order of x: the platform's own codes, rapid ones first, then slow ones,
 * then stable ones where there is room. None for an unknown code, and none for the first reading after a gap.
 */
export function placeArrows(curve: Curve, plot: Plot): PlacedArrow[] {
  const { readings, stretch } = curve;
  const placed: PlacedArrow[] = [];
  const leftmost = plot.x + arrowWidth / 2;
  const rightmost = plot.x + plot.width - arrowWidth / 2;
  for (const { trends, apart } of ranks) {
    for (const [i, { timeMs, valueMmolL, trend: code }] of readings.entries()) {
      const trend = trendOf(code);
      if (!trends.includes(trend) || (i > 0 && stretch[i] !== stretch[i - 1])) continue;
      const x = xOf(plot, timeMs);
      if (x < leftmost || x > rightmost) continue;
      const at = lowerBound(placed.length, (index) => placed[index]?.x ?? 0, x);
      const before = placed[at - 1]?.x ?? Number.NEGATIVE_INFINITY;
      const after = placed[at]?.x ?? Number.POSITIVE_INFINITY;
      if (x - before < apart || after - x < apart) continue;
      const curveY = yOf(plot, valueMmolL);
      const fits = curveY - aboveCurve >= plot.y + arrowWidth / 2;
      placed.splice(at, 0, { x, y: fits ? curveY - aboveCurve : curveY + aboveCurve, trend, timeMs });
    }
  }
  return placed;
}
