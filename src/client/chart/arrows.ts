import { lowerBound } from "#glucose/series.ts";
import { type Trend, trendOf } from "#glucose/trend.ts";
import { type Curve, type TrendRank, trendRanks } from "./curve-model.ts";
import { type Plot, xOf, yOf } from "./plot.ts";

export interface PlacedArrow {
  readonly x: number;
  readonly y: number;
  readonly trend: Trend;
  readonly timeMs: number;
}

export const arrowWidth = 14;
const apart = arrowWidth + 6;
const aboveCurve = 16;
/** A rank takes part in every so many-th cell of time: the rarer it is, the more of it is shown. */
const everyCell: Record<TrendRank, number> = { rapid: 1, slow: 2, stable: 4 };

interface Candidate extends PlacedArrow {
  readonly cell: number;
  readonly rank: number;
}

/** Of two that collide, whether the first one gives way: to the more rapid, and between equals to the one in an even cell. */
const givesWay = (own: Candidate, other: Candidate | undefined): boolean =>
  other !== undefined &&
  Math.abs(own.x - other.x) < apart &&
  (other.rank < own.rank || (other.rank === own.rank && other.cell % 2 === 0));

/**
 * The trend arrows along the curve of a window, in order of x: the platform's own codes, never nearer than an arrow and a bit, rapid
 * ones first. None for an unknown code, and none for the first reading after a gap. Time is cut into cells that do not
 * move with the window, so that arrows stay where they are while the curve is dragged.
 */
export function placeArrows(curve: Curve, plot: Plot): PlacedArrow[] {
  const { readings, timesMs } = curve;
  const leastMs = ((plot.endMs - plot.startMs) / plot.width) * apart;
  const cellMs = 2 ** Math.ceil(Math.log2(leastMs));
  const firstCell = Math.floor(plot.startMs / cellMs);
  const lastCell = Math.floor(plot.endMs / cellMs);
  const candidates: Candidate[] = [];
  for (let cell = firstCell; cell <= lastCell; cell += 1) {
    for (const [rank, name] of trendRanks.entries()) {
      if (cell % everyCell[name] !== 0) continue;
      const list = curve.arrows[name];
      const index = list[lowerBound(list.length, (i) => timesMs[list[i] ?? -1] ?? 0, cell * cellMs)];
      const reading = index === undefined ? undefined : readings[index];
      if (!reading || reading.timeMs >= (cell + 1) * cellMs) continue;
      const curveY = yOf(plot, reading.valueMmolL);
      const fits = curveY - aboveCurve >= plot.y + arrowWidth / 2;
      candidates.push({
        x: xOf(plot, reading.timeMs),
        y: fits ? curveY - aboveCurve : curveY + aboveCurve,
        trend: trendOf(reading.trend),
        timeMs: reading.timeMs,
        cell,
        rank,
      });
      break;
    }
  }
  const leftmost = plot.x + arrowWidth / 2;
  const rightmost = plot.x + plot.width - arrowWidth / 2;
  return candidates.filter(
    (own, i) =>
      own.x >= leftmost &&
      own.x <= rightmost &&
      !givesWay(own, candidates[i - 1]) &&
      !givesWay(own, candidates[i + 1]),
  );
}
