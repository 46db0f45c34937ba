import { lowerBound } from "#glucose/series.ts";
import { hourMs } from "#glucose/time.ts";
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
/** From an arrow's middle to the curve's nearest point above or below it. */
const clearPx = 13;
const apartPx = arrowWidth + 6;
/** In longer windows a trend of minutes says little of what is seen: a few arrows, far apart. */
const closeUpMs = 26 * hourMs;
const farApartPx = 120;

/** A rectangle that something else is drawn in, px. */
export interface Taken {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
/** A rank takes part in every so many-th cell of time: the rarer it is, the more of it is shown. */
const everyCell: Record<TrendRank, number> = { rapid: 1, slow: 2, stable: 4 };

interface Candidate extends PlacedArrow {
  readonly cell: number;
  readonly rank: number;
}

/**
 * Of two that collide, whether the first one gives way: to the more rapid, and
 * between equals to the one in an even cell.
 */
const givesWay = (own: Candidate, other: Candidate | undefined, apart: number): boolean =>
  other !== undefined &&
  Math.abs(own.x - other.x) < apart &&
  (other.rank < own.rank || (other.rank === own.rank && other.cell % 2 === 0));

/**
 * The middle of an arrow that covers neither the curve nor what is `taken`: above the highest reading around
 * it, else below the lowest. Null where neither place is free.
 */
function freeY(
  { timesMs, valuesMmolL }: Curve,
  plot: Plot,
  timeMs: number,
  taken: readonly Taken[],
): number | null {
  const x = xOf(plot, timeMs);
  const reachPx = arrowWidth / 2 + 2;
  const reachMs = (reachPx * (plot.endMs - plot.startMs)) / plot.width;
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const from = lowerBound(timesMs.length, (i) => timesMs[i] as number, timeMs - reachMs);
  for (let i = from; i < timesMs.length && (timesMs[i] as number) <= timeMs + reachMs; i += 1) {
    lowest = Math.min(lowest, valuesMmolL[i] as number);
    highest = Math.max(highest, valuesMmolL[i] as number);
  }
  const half = arrowWidth / 2;
  const isFree = (y: number) =>
    y - half >= plot.y &&
    y + half <= plot.y + plot.height &&
    taken.every(
      ({ left, right, top, bottom }) =>
        x + half < left || x - half > right || y + half < top || y - half > bottom,
    );
  return [yOf(plot, highest) - clearPx, yOf(plot, lowest) + clearPx].find(isFree) ?? null;
}

/**
 * The trend arrows along the curve of a window, in order of x: the platform's own codes, rapid ones
 * first, never nearer than an arrow and a bit, in a window of more than a day few and far apart, and
 * never over the curve or over what is `taken`. None for an unknown code, and none for the first
 * reading after a gap. Time is cut into cells that do not move with the window, so that arrows stay
 * where they are while the curve is dragged.
 */
export function placeArrows(curve: Curve, plot: Plot, taken: readonly Taken[] = []): PlacedArrow[] {
  const { readings, timesMs } = curve;
  const lengthMs = plot.endMs - plot.startMs;
  const apart = lengthMs <= closeUpMs ? apartPx : farApartPx;
  const leastMs = (lengthMs / plot.width) * apart;
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
      const { timeMs, trend } = reading;
      const y = freeY(curve, plot, timeMs, taken);
      if (y !== null) candidates.push({ x: xOf(plot, timeMs), y, trend: trendOf(trend), timeMs, cell, rank });
      break;
    }
  }
  const leftmost = plot.x + arrowWidth / 2;
  const rightmost = plot.x + plot.width - arrowWidth / 2;
  return candidates.filter(
    (own, i) =>
      own.x >= leftmost &&
      own.x <= rightmost &&
      !givesWay(own, candidates[i - 1], apart) &&
      !givesWay(own, candidates[i + 1], apart),
  );
}
