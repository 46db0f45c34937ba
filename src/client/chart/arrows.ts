import { type Trend, trendOf } from "#glucose/trend.ts";
import type { Curve } from "./curve-model.ts";
import { type Plot, xOf, yOf } from "./curve-path.ts";

export interface PlacedArrow {
  readonly x: number;
  readonly y: number;
  readonly trend: Trend;
  readonly timeMs: number;
}

const arrowWidth = 14;
/** Two arrows never come closer than this, so they never touch, whatever their direction. */
const minApart = arrowWidth + 6;
/** Calm ones keep a wider distance, from each other and from rapid ones. */
const calmApart = 56;
const aboveCurve = 16;

const isRapid = (trend: Trend) => trend === "rapid-rise" || trend === "rapid-drop";

/**
 * The trend arrows along the curve of a window: the platform's own codes, rapid ones first, then the others where there is
 * room. None for an unknown code, and none for the first reading after a gap.
 */
export function placeArrows(curve: Curve, plot: Plot): PlacedArrow[] {
  const { readings, stretch } = curve;
  const rapid: PlacedArrow[] = [];
  const calm: PlacedArrow[] = [];
  let lastRapidX = Number.NEGATIVE_INFINITY;
  let lastCalmX = Number.NEGATIVE_INFINITY;
  for (const [i, { timeMs, valueMmolL, trend: code }] of readings.entries()) {
    if (timeMs < plot.startMs || timeMs > plot.endMs) continue;
    if (i > 0 && stretch[i] !== stretch[i - 1]) continue;
    const trend = trendOf(code);
    if (trend === "unknown") continue;
    const x = xOf(plot, timeMs);
    if (x < plot.x + arrowWidth / 2 || x > plot.x + plot.width - arrowWidth / 2) continue;
    const curveY = yOf(plot, valueMmolL);
    const y = curveY - aboveCurve < plot.y + arrowWidth / 2 ? curveY + aboveCurve : curveY - aboveCurve;
    if (isRapid(trend) && x - lastRapidX >= minApart) {
      rapid.push({ x, y, trend, timeMs });
      lastRapidX = x;
    } else if (!isRapid(trend) && x - lastCalmX >= calmApart / 2) {
      calm.push({ x, y, trend, timeMs });
      lastCalmX = x;
    }
  }
  return fill(rapid, calm);
}

/** Both lists by x; a calm arrow stays where nothing placed is nearer than `calmApart`. */
function fill(rapid: readonly PlacedArrow[], calm: readonly PlacedArrow[]): PlacedArrow[] {
  const placed: PlacedArrow[] = [];
  let next = 0;
  for (const arrow of calm) {
    while (next < rapid.length && (rapid[next]?.x ?? 0) <= arrow.x) placed.push(rapid[next++] as PlacedArrow);
    const before = placed.at(-1)?.x ?? Number.NEGATIVE_INFINITY;
    const after = rapid[next]?.x ?? Number.POSITIVE_INFINITY;
    if (arrow.x - before >= calmApart && after - arrow.x >= calmApart / 2) placed.push(arrow);
  }
  return [...placed, ...rapid.slice(next)];
}
