import type { Edges } from "./bands.ts";
import { freshnessOf } from "./freshness.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import { spacingOf, spacingsOf } from "./spacing.ts";
import { minuteMs, type Span } from "./time.ts";
import { isUsable } from "./usable.ts";

export type EpisodeKind = "low" | "very-low" | "high" | "very-high";

export interface Episode {
  readonly kind: EpisodeKind;
  readonly startMs: number;
  /** When glucose came back; for one that a gap or the end of the data cut off, when its last reading stops speaking. */
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
  /** A reading of the sensor that was not outside came shortly before: the beginning is known, and not only the first reading. */
  readonly isBeginSeen: boolean;
  /** Glucose was outside when the period began; the period's edge, and no gap, hides the beginning. */
  readonly isCutByPeriod: boolean;
  /** Serial numbers of the sensors that measured it. */
  readonly sensors: readonly string[];
}

/** Glucose came back; it has not come back yet; the period ends before it did; or a gap hides when it did. */
export type EpisodeEnding = "returned" | "ongoing" | "period-end" | "cut-off";

const shortestMs = 15 * minuteMs;
const longestGapMs = 45 * minuteMs;
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

/** The episodes among one sensor's usable readings of a period; `previous` and `next` are its last one before and its first one after. */
function episodesOfSensor(
  used: readonly Reading[],
  previous: Reading | undefined,
  next: Reading | undefined,
  nominalMs: number,
  kind: EpisodeKind,
  out: (valueMmolL: number) => boolean,
  periodStartMs: number,
): Episode[] {
  const episodes: Episode[] = [];
  const sensors = [used[0]?.sensor ?? ""];
  /** The reading with which the current run on one side of the threshold began. */
  let runStart = 0;
  /** Index of an open episode's first reading, or −1. */
  let opened = -1;

  const timeAt = (index: number) => used[index]?.timeMs ?? Number.NaN;
  const close = (
    lastOut: number,
    endMs: number,
    cut: Pick<Episode, "isCutOff" | "dataEndMs" | "isSeenAfter">,
  ) => {
    let extreme = opened;
    for (let i = opened + 1; i <= lastOut; i += 1) {
      const [value, best] = [used[i]?.valueMmolL ?? 0, used[extreme]?.valueMmolL ?? 0];
      if (isLow(kind) ? value < best : value > best) extreme = i;
    }
    const { timeMs: extremeAtMs, valueMmolL: extremeMmolL } = used[extreme] as Reading;
    const span = { kind, startMs: timeAt(opened), endMs };
    const before = used[opened - 1] ?? previous;
    const isBeginSeen =
      before !== undefined && !out(before.valueMmolL) && span.startMs - before.timeMs <= longestGapMs;
    const isCutByPeriod =
      opened === 0 &&
      !isBeginSeen &&
      span.startMs - (previous?.timeMs ?? periodStartMs - nominalMs / 2) <=
        (previous ? longestGapMs : nominalMs * 2);
    episodes.push({
      ...span,
      extremeMmolL,
      extremeAtMs,
      isExtended: isExtended(span),
      sensors,
      isBeginSeen,
      isCutByPeriod,
      ...cut,
    });
    opened = -1;
  };
  /** Cuts an open episode off after the reading at `last`. */
  const cutOff = (last: number) => {
    if (opened < 0) return;
    const lastOut = out(used[last]?.valueMmolL ?? Number.NaN) ? last : runStart - 1;
    const isEnd = last === used.length - 1;
    const isSeenAfter =
      isEnd &&
      next !== undefined &&
      out(next.valueMmolL) &&
      lastOut === last &&
      next.timeMs - timeAt(last) <= longestGapMs;
    const dataEndMs = isEnd ? timeAt(last) : null;
    close(lastOut, timeAt(lastOut) + nominalMs, { isCutOff: true, dataEndMs, isSeenAfter });
  };

  for (const [index, { timeMs, valueMmolL }] of used.entries()) {
    const afterGap = index > 0 && timeMs - timeAt(index - 1) > longestGapMs;
    if (afterGap) cutOff(index - 1);
    const crosses = index > 0 && out(valueMmolL) !== out(used[index - 1]?.valueMmolL ?? Number.NaN);
    if (afterGap || crosses) runStart = index;
    const lastsMs = timeMs - timeAt(runStart) + nominalMs;
    if (lastsMs < shortestMs - nominalMs / 2) continue;
    if (out(valueMmolL)) {
      if (opened < 0) opened = runStart;
    } else if (opened >= 0)
      close(runStart - 1, timeAt(runStart), { isCutOff: false, dataEndMs: null, isSeenAfter: false });
  }
  cutOff(used.length - 1);
  return episodes;
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
 * The episodes of one kind from `startMs` (inclusive) to `endMs` (exclusive), in time order. A low begins with at least 15 minutes in a row
 * below 3.9 mmol/L (very low: 3.0) and ends with at least 15 in a row at or above; a high mirrors it above 10.0 (very high: 13.9). A gap
 * of more than 45 minutes ends an episode. Found sensor by sensor, each reading lasting its own sensor's spacing, so that five of 3
 * minutes are 15 minutes, and one of 15; half a spacing is allowed for jitter. Those of two sensors that overlap are one. Warm-up and
 * values that no sensor can mean are left out. `readings` are all at hand in time order: those outside the period tell a
 * sensor's spacing and whether an episode goes on. Source: Battelino 2023, 10.1016/S2213-8587(22)00319-9.
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
        own.slice(from, to),
        own[from - 1],
        own[to],
        spacingOf(spacings, sensor),
        kind,
        out,
        period.startMs,
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

/**
 * How an episode of a period ended, as seen at `nowMs`. One that the data's end cut off is going on as long as the last reading is
 * not stale (clinical.md, Time); it went on past a period that is over when a reading after the period says so.
 */
export function endingOf(
  { isCutOff, dataEndMs, isSeenAfter }: Pick<Episode, "isCutOff" | "dataEndMs" | "isSeenAfter">,
  periodEndMs: number,
  nowMs: number,
): EpisodeEnding {
  if (!isCutOff) return "returned";
  if (periodEndMs < nowMs) return isSeenAfter ? "period-end" : "cut-off";
  return dataEndMs !== null && freshnessOf(dataEndMs, nowMs) === "current" ? "ongoing" : "cut-off";
}

const always = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

/** The last low or high; null where there is none. `readings` are all at hand in time order. */
export const lastEpisode = (readings: readonly Reading[], kind: EpisodeKind, edges: Edges): Episode | null =>
  episodesOf(readings, always, kind, edges).at(-1) ?? null;

/** Whether an episode that no period cuts off is still going on at `nowMs`. */
export const isOngoing = (episode: Episode, nowMs: number): boolean =>
  endingOf(episode, always.endMs, nowMs) === "ongoing";

/**
 * The median of how long the episodes lasted whose beginning and end were seen, ms; of an even number the middle between the two in the
 * middle. Null where there is none: how long the others lasted nobody knows.
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
