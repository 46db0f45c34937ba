import type { Edges } from "./bands.ts";
import { extremeOf, longestGapMs, type OutsideRun, outsideRunsOf, timeAt } from "./outside-runs.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import { spacingOf, spacingsOf } from "./spacing.ts";
import { minuteMs, type Span } from "./time.ts";
import { isUsable } from "./usable.ts";

export type EpisodeKind = "low" | "very-low" | "high" | "very-high";

export interface Episode {
  readonly kind: EpisodeKind;
  readonly startMs: number;
  /**
   * When glucose came back; for one that a gap or the end of the data cut off,
   * when its last reading stops speaking.
   */
  readonly endMs: number;
  /** The lowest value of a low, the highest of a high, mmol/L, and when. */
  readonly extremeMmolL: number;
  readonly extremeAtMs: number;
  /** A low of more than 120 minutes. */
  readonly isExtended: boolean;
  /** Glucose was not seen to come back: a gap of more than 45 minutes, or the end of the data, came first. */
  readonly isCutOff: boolean;
  /** The last reading of all, Unix ms, where it was the end of the data that came first. */
  readonly dataEndMs: number | null;
  /** The period's end cut it off, and the sensor's next reading after that is still outside. */
  readonly isSeenAfter: boolean;
  /**
   * A reading of the sensor that was not outside came shortly before: the beginning is
   * known, and not only the first reading.
   */
  readonly isBeginSeen: boolean;
  /** Glucose was outside when the period began; the period's edge, and no gap, hides the beginning. */
  readonly isCutByPeriod: boolean;
  /** Serial numbers of the sensors that measured it. */
  readonly sensors: readonly string[];
}

const extendedMs = 120 * minuteMs;

const isOut = (
  kind: EpisodeKind,
  { low, veryLow, high, veryHigh }: Edges,
): ((valueMmolL: number) => boolean) =>
  ({
    low: (value: number) => value < low,
    "very-low": (value: number) => value < veryLow,
    high: (value: number) => value > high,
    "very-high": (value: number) => value > veryHigh,
  })[kind];

const isLow = (kind: EpisodeKind) => kind === "low" || kind === "very-low";
const isExtended = ({ kind, startMs, endMs }: Pick<Episode, "kind" | "startMs" | "endMs">) =>
  kind === "low" && endMs - startMs > extendedMs;

/** One sensor's usable readings of a period, with what lies around them. */
interface SensorPart {
  readonly used: readonly Reading[];
  /** The sensor's last reading before the period. */
  readonly previous: Reading | undefined;
  /** The sensor's first reading after the period. */
  readonly next: Reading | undefined;
  readonly nominalMs: number;
  readonly periodStartMs: number;
}

function beginningOf(
  first: number,
  { used, previous, nominalMs, periodStartMs }: SensorPart,
  out: (valueMmolL: number) => boolean,
): Pick<Episode, "isBeginSeen" | "isCutByPeriod"> {
  const startMs = timeAt(used, first);
  const before = used[first - 1] ?? previous;
  const isBeginSeen =
    before !== undefined && !out(before.valueMmolL) && startMs - before.timeMs <= longestGapMs;
  const isCutByPeriod =
    first === 0 &&
    !isBeginSeen &&
    startMs - (previous?.timeMs ?? periodStartMs - nominalMs / 2) <=
      (previous ? longestGapMs : nominalMs * 2);
  return { isBeginSeen, isCutByPeriod };
}

function endOf(
  { last, cutAfter }: OutsideRun,
  { used, next, nominalMs }: SensorPart,
  out: (valueMmolL: number) => boolean,
): Pick<Episode, "endMs" | "isCutOff" | "dataEndMs" | "isSeenAfter"> {
  if (cutAfter === null)
    return { endMs: timeAt(used, last + 1), isCutOff: false, dataEndMs: null, isSeenAfter: false };
  const isEnd = cutAfter === used.length - 1;
  const isSeenAfter =
    isEnd &&
    next !== undefined &&
    out(next.valueMmolL) &&
    last === cutAfter &&
    next.timeMs - timeAt(used, cutAfter) <= longestGapMs;
  const dataEndMs = isEnd ? timeAt(used, cutAfter) : null;
  return { endMs: timeAt(used, last) + nominalMs, isCutOff: true, dataEndMs, isSeenAfter };
}

function episodesOfSensor(
  part: SensorPart,
  kind: EpisodeKind,
  out: (valueMmolL: number) => boolean,
): Episode[] {
  const { used, nominalMs } = part;
  const sensors = [used[0]?.sensor ?? ""];
  return outsideRunsOf(used, nominalMs, out).map((run) => {
    const { timeMs: extremeAtMs, valueMmolL: extremeMmolL } = extremeOf(used, run, isLow(kind));
    const end = endOf(run, part, out);
    const startMs = timeAt(used, run.first);
    return {
      kind,
      startMs,
      extremeMmolL,
      extremeAtMs,
      isExtended: isExtended({ kind, startMs, endMs: end.endMs }),
      sensors,
      ...beginningOf(run.first, part, out),
      ...end,
    };
  });
}

/** Two episodes of one kind that overlap, as one. The one that ends last says how it ended. */
function joined(a: Episode, b: Episode): Episode {
  const last = b.endMs >= a.endMs ? b : a;
  const isWorse = isLow(a.kind) ? b.extremeMmolL < a.extremeMmolL : b.extremeMmolL > a.extremeMmolL;
  const { extremeMmolL, extremeAtMs } = isWorse ? b : a;
  const { isBeginSeen, isCutByPeriod } = b.startMs < a.startMs ? b : a;
  const span = { kind: a.kind, startMs: Math.min(a.startMs, b.startMs), endMs: last.endMs };
  const sensors = [...new Set([...a.sensors, ...b.sensors])];
  return {
    ...last,
    ...span,
    extremeMmolL,
    extremeAtMs,
    isBeginSeen,
    isCutByPeriod,
    sensors,
    isExtended: isExtended(span),
  };
}

/**
 * The episodes of one kind from `startMs` (inclusive) to `endMs` (exclusive), in time order. A low begins
 * with at least 15 minutes in a row below 3.9 mmol/L (very low: 3.0) and ends with at least 15 in a row
 * at or above; a high mirrors it above 10.0 (very high: 13.9). A gap of more than 45 minutes ends an
 * episode. Found sensor by sensor, each reading lasting its own sensor's spacing, so that five of 3
 * minutes are 15 minutes, and one of 15; half a spacing is allowed for jitter. Those of two sensors that
 * overlap are one. Warm-up and values that no sensor can mean are left out. `readings` are all at hand in
 * time order: those outside the period give a sensor's spacing and whether an episode goes on. Source:
 * Battelino 2023, 10.1016/S2213-8587(22)00319-9.
 */
export function episodesOf(
  readings: readonly Reading[],
  period: Span,
  kind: EpisodeKind,
  edges: Edges,
): Episode[] {
  const spacings = spacingsOf(readings);
  const bySensor = new Map<string, Reading[]>();
  for (const reading of readings) {
    if (!isUsable(reading)) continue;
    const own = bySensor.get(reading.sensor);
    if (own) own.push(reading);
    else bySensor.set(reading.sensor, [reading]);
  }
  const out = isOut(kind, edges);
  const found: Episode[] = [];
  for (const [sensor, own] of bySensor) {
    const [from, to] = [firstAtOrAfter(own, period.startMs), firstAtOrAfter(own, period.endMs)];
    if (from === to) continue;
    found.push(
      ...episodesOfSensor(
        {
          used: own.slice(from, to),
          previous: own[from - 1],
          next: own[to],
          nominalMs: spacingOf(spacings, sensor),
          periodStartMs: period.startMs,
        },
        kind,
        out,
      ),
    );
  }
  found.sort((a, b) => a.startMs - b.startMs);
  const episodes: Episode[] = [];
  for (const episode of found) {
    const before = episodes.at(-1);
    if (before && episode.startMs <= before.endMs && !before.sensors.includes(episode.sensors[0] ?? ""))
      episodes[episodes.length - 1] = joined(before, episode);
    else episodes.push(episode);
  }
  // What another sensor has measured since is news of how glucose is, though not of this episode's end.
  const last = readings[firstAtOrAfter(readings, period.endMs) - 1];
  return episodes.map((episode) =>
    episode.dataEndMs !== null && last && !episode.sensors.includes(last.sensor)
      ? { ...episode, dataEndMs: null }
      : episode,
  );
}

const always = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

/** The last low or high; null where there is none. `readings` are all at hand in time order. */
export const lastEpisode = (readings: readonly Reading[], kind: EpisodeKind, edges: Edges): Episode | null =>
  episodesOf(readings, always, kind, edges).at(-1) ?? null;

/**
 * Since when the reading at `index`, which is outside, has been so, Unix ms: since its episode began, whatever
 * short way back or gap lies within it; before it is one, since the first reading of its own sensor outside in a
 * row. `readings` are all at hand in time order.
 */
export function outsideSince(
  readings: readonly Reading[],
  index: number,
  kind: EpisodeKind,
  edges: Edges,
): Pick<Episode, "startMs" | "isBeginSeen"> {
  const own = readings[index] as Reading;
  const episode = episodesOf(readings, { ...always, endMs: own.timeMs + 1 }, kind, edges).at(-1);
  if (episode && episode.endMs > own.timeMs) return episode;
  const out = isOut(kind, edges);
  let startMs = own.timeMs;
  for (let before = index - 1; before >= 0; before -= 1) {
    const reading = readings[before] as Reading;
    if (reading.sensor !== own.sensor || !isUsable(reading)) continue;
    if (startMs - reading.timeMs > longestGapMs) break;
    if (!out(reading.valueMmolL)) return { startMs, isBeginSeen: true };
    startMs = reading.timeMs;
  }
  return { startMs, isBeginSeen: false };
}

/**
 * The median of how long the episodes lasted whose beginning and end were seen, ms; of an even number the
 * middle between the two in the middle. Null where there is none: how long the others lasted is not known.
 */
export function medianLengthMs(
  episodes: readonly Pick<Episode, "startMs" | "endMs" | "isBeginSeen" | "isCutOff">[],
): number | null {
  const lengthsMs = episodes
    .filter(({ isBeginSeen, isCutOff }) => isBeginSeen && !isCutOff)
    .map(({ startMs, endMs }) => endMs - startMs)
    .sort((a, b) => a - b);
  const [below, above] = [lengthsMs[(lengthsMs.length - 1) >> 1], lengthsMs[lengthsMs.length >> 1]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}
