import type { Episode } from "#glucose/episodes.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { LocalDay } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";
import { type Plot, timeAtMs } from "#report/chart/plot.ts";

/**
 * Where a reader of the curve is: at all that is shown, a day of it, an
 * episode or a gap, or a single reading.
 */
export type Place =
  | { readonly level: "view" }
  | ({ readonly level: "day" } & LocalDay)
  | ({ readonly level: "episode"; readonly episode: Episode } & Span)
  | ({ readonly level: "gap"; readonly gap: Gap } & Span)
  | { readonly level: "reading"; readonly timeMs: number };

/** What there is to walk through, each in time order. */
export interface Tree {
  readonly readings: readonly Reading[];
  readonly days: readonly LocalDay[];
  readonly episodes: readonly Episode[];
  readonly gaps: readonly Gap[];
}

const dayPlace = (day: LocalDay | undefined): Place | null => (day ? { level: "day", ...day } : null);

export const gapPlace = (gap: Gap): Place => ({
  level: "gap",
  gap,
  startMs: gap.fromMs,
  endMs: gap.toMs,
});
export const episodePlace = (episode: Episode): Place => ({
  level: "episode",
  episode,
  startMs: episode.startMs,
  endMs: episode.endMs,
});

/**
 * A place as the data has it now: a day may be there in part, and a gap that is going on has grown meanwhile.
 */
export function asItIs({ days, gaps }: Tree, place: Place): Place {
  if (place.level === "day") return dayPlace(days.find((day) => overlaps(day, place))) ?? place;
  const gap = place.level === "gap" ? gaps.find(({ fromMs }) => fromMs === place.gap.fromMs) : undefined;
  return gap ? gapPlace(gap) : place;
}

type SpanPlace = Extract<Place, Span & { level: "episode" | "gap" }>;

/** Episodes and gaps as one row, in time order. */
const spansOf = ({ episodes, gaps }: Tree): SpanPlace[] =>
  [...episodes.map(episodePlace), ...gaps.map(gapPlace)]
    .filter((place): place is SpanPlace => place.level === "episode" || place.level === "gap")
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);

const firstReading = ({ readings }: Tree, { startMs, endMs }: Span): Place | null => {
  const reading = readings[firstAtOrAfter(readings, startMs)];
  return reading && reading.timeMs < endMs ? { level: "reading", timeMs: reading.timeMs } : null;
};

const overlaps = (a: Span, b: Span) => a.startMs < b.endMs && a.endMs > b.startMs;
const holds = ({ startMs, endMs }: Span, timeMs: number) => startMs <= timeMs && timeMs < endMs;
const dayAt = ({ days }: Tree, timeMs: number) =>
  dayPlace(days.find((day) => holds(day, timeMs)) ?? days.find(({ endMs }) => endMs > timeMs) ?? days.at(-1));

/**
 * One level down: the last day shown, a day's first episode or gap, an episode's first
 * reading. Null where there is nothing below.
 */
export function into(tree: Tree, place: Place | null, shown: Span): Place | null {
  if (place === null || place.level === "view")
    return dayPlace(tree.days.findLast((day) => overlaps(day, shown)));
  if (place.level === "day")
    return spansOf(tree).find((span) => overlaps(span, place)) ?? firstReading(tree, place);
  return place.level === "episode" ? firstReading(tree, place) : null;
}

/** One level up. */
export function outOf(tree: Tree, place: Place | null): Place {
  if (place === null || place.level === "view" || place.level === "day") return { level: "view" };
  if (place.level !== "reading") return dayAt(tree, place.startMs) ?? { level: "view" };
  const { timeMs } = place;
  return (
    spansOf(tree).find((span) => span.level === "episode" && holds(span, timeMs)) ??
    dayAt(tree, timeMs) ?? { level: "view" }
  );
}

/** The next or the one before on the level of a day, an episode or a gap; null at either end. */
export function beside(tree: Tree, place: Place, by: 1 | -1): Place | null {
  if (place.level === "day")
    return dayPlace(tree.days[tree.days.findIndex(({ startMs }) => startMs === place.startMs) + by]);
  if (place.level !== "episode" && place.level !== "gap") return null;
  const spans = spansOf(tree);
  const index = spans.findIndex(
    ({ level, startMs, endMs }) =>
      level === place.level && startMs === place.startMs && (level === "gap" || endMs === place.endMs),
  );
  return (index < 0 ? undefined : spans[index + by]) ?? null;
}

/**
 * The episode to go to: the next one after or before a time. From a window that nothing was chosen in, the
 * first or last that it shows a part of; past the last one comes the first again.
 */
export function episodeFrom(
  episodes: readonly Episode[],
  place: Place | null,
  shown: Span,
  forward: boolean,
): Episode | undefined {
  const fromMs =
    place?.level === "reading" ? place.timeMs : place && "startMs" in place ? place.startMs : null;
  if (forward)
    return (
      episodes.find(({ startMs, endMs }) => (fromMs === null ? endMs > shown.startMs : startMs > fromMs)) ??
      episodes[0]
    );
  return episodes.findLast(({ startMs }) => startMs < (fromMs ?? shown.endMs)) ?? episodes.at(-1);
}

const reachPx = 24;

/** The reading, or the gap, that lies at an x of the plot. */
export function placeAt(
  { readings, gaps }: Pick<Tree, "readings" | "gaps">,
  plot: Plot,
  x: number,
): Place | null {
  const pointedMs = timeAtMs(plot, x);
  const reachMs = (reachPx * (plot.endMs - plot.startMs)) / plot.width;
  const after = firstAtOrAfter(readings, pointedMs);
  const [a, b] = [readings[after - 1], readings[after]];
  const near = !a || (b && b.timeMs - pointedMs < pointedMs - a.timeMs) ? b : a;
  const gap = gaps.find(({ fromMs, toMs }) => pointedMs > fromMs && pointedMs < toMs);
  const isNear = near && Math.abs(near.timeMs - pointedMs) <= (gap ? reachMs / 6 : reachMs);
  if (isNear) return { level: "reading", timeMs: near.timeMs };
  return gap ? gapPlace(gap) : null;
}
