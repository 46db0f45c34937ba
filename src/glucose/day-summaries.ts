import type { Edges } from "./bands.ts";
import { localDayOf, localDays, previousLocalDay } from "./local-time.ts";
import { longestGapMs } from "./outside-runs.ts";
import type { Reading } from "./reading.ts";
import { gapThresholdMs } from "./spacing.ts";
import { type Evidence, type GlucoseSummary, summariesOf } from "./summary.ts";
import { joinSummaries } from "./summary-statistics.ts";
import { dayMs, hourMs, minuteMs, type Span } from "./time.ts";
import { delayStepsMin } from "./upload-delays.ts";

/**
 * What is kept of a patient's readings: a summary for each local day, today's and yesterday's in parts of
 * three hours, so that what comes new costs the last few hours and not the day. They follow each other.
 */
export interface DaySummaries {
  readonly days: readonly GlucoseSummary[];
  readonly parts: readonly GlucoseSummary[];
}

export const noDays: DaySummaries = { days: [], parts: [] };

const partMs = 3 * hourMs;
/** So far back goes the first look, in two reads: a month at once would be the largest answer there is. */
const firstReadDays = 29;
const longestFirstReadDays = 15;
const mostDaysKept = 60;
/** However fast somebody's phone usually is, and however slow. */
const lateness = { leastMs: hourMs, mostMs: dayMs };

const all = ({ days, parts }: DaySummaries): readonly GlucoseSummary[] => [...days, ...parts];

/** Spans of whole local days from `startMs`, which begins one, and of parts since yesterday, until `endMs`. */
function spansOf(startMs: number, endMs: number, timeZone: string): Span[] {
  const yesterday = yesterdayOf(endMs, timeZone);
  return localDays(startMs, endMs, timeZone).flatMap((day) => {
    if (day.endMs <= yesterday.startMs) return [day];
    const parts: Span[] = [];
    const dayStartMs = localDayOf(day.startMs, timeZone).startMs;
    for (let fromMs = day.startMs; fromMs < day.endMs; ) {
      const nextMs = dayStartMs + (Math.floor((fromMs - dayStartMs) / partMs) + 1) * partMs;
      const toMs = Math.min(nextMs, day.endMs);
      parts.push({ startMs: fromMs, endMs: toMs });
      fromMs = toMs;
    }
    return parts;
  });
}

/** `nowMs` may be the first instant of a day, which then is not over. */
const yesterdayOf = (endMs: number, timeZone: string): Span =>
  previousLocalDay(localDayOf(endMs - 1, timeZone), timeZone);

/** How long after its time a reading may still come, by the slowest of the last days, within bounds, ms. */
function latenessMs(kept: DaySummaries): number {
  const last = all(kept).slice(-24);
  const slowest = last.reduce(
    (most, { delays }) =>
      Math.max(
        most,
        delays.findLastIndex((count) => count > 0),
      ),
    0,
  );
  const slowestMs = slowest < delayStepsMin.length ? (delayStepsMin[slowest] ?? 0) * minuteMs : dayMs;
  return Math.min(lateness.mostMs, Math.max(lateness.leastMs, slowestMs));
}

const lastReadingMs = (known: readonly GlucoseSummary[]): number | null =>
  known.reduce<number | null>(
    (latest, { sensors }) =>
      sensors.reduce((most, { last }) => Math.max(most ?? last.timeMs, last.timeMs), latest),
    null,
  );

/**
 * The earliest of the last readings of all sensors that measured within a day before the last of them; null
 * without any.
 */
function lastReadingsFromMs(known: readonly GlucoseSummary[]): number | null {
  const lastMs = new Map(
    known.flatMap(({ sensors }) => sensors.map(({ sensor, last }) => [sensor, last.timeMs] as const)),
  );
  const latestMs = Math.max(...lastMs.values());
  const recent = [...lastMs.values()].filter((timeMs) => timeMs >= latestMs - dayMs);
  return recent.length === 0 ? null : Math.min(...recent);
}

/** What has to be read to bring the summaries up to date, and from when on they are made anew. */
export interface Renewal {
  readonly readFromMs: number;
  readonly renewFromMs: number;
  /** Now, or where the first of two reads ends. */
  readonly readToMs: number;
}

/**
 * From the part in which the last reading lies, or a low that was not over began, and so far back as this
 * person's readings come late; once a day from the beginning of yesterday. The hours before it, the last
 * reading there, and all of a low that reaches into them are read too: what lies there says how it goes on.
 */
export function renewalOf(kept: DaySummaries, nowMs: number, timeZone: string): Renewal {
  const oldest = localDayOf(nowMs - firstReadDays * dayMs, timeZone).startMs;
  const known = all(kept);
  const knownToMs = known.at(-1)?.endMs;
  const firstMs = known[0]?.startMs;
  if (knownToMs === undefined || firstMs === undefined || knownToMs < oldest || knownToMs > nowMs) {
    const readToMs = localDayOf(nowMs - (firstReadDays - longestFirstReadDays) * dayMs, timeZone).startMs;
    return { readFromMs: oldest, renewFromMs: oldest, readToMs };
  }
  const lastMs = lastReadingMs(known) ?? firstMs;
  const lateMs = Math.min(knownToMs, lastMs) - latenessMs(kept);
  const lows = known.flatMap((summary) => summary.lows);
  // What comes late may still change how it ended.
  const open = lows.find(({ endMs }) => endMs + longestGapMs >= lateMs);
  const yesterday = yesterdayOf(nowMs, timeZone);
  const isNewDay = localDayOf(knownToMs - 1, timeZone).startMs <= yesterday.startMs;
  const wantedMs = Math.max(
    oldest,
    firstMs,
    Math.min(lateMs, open?.startMs ?? lateMs, isNewDay ? yesterday.startMs : lateMs),
  );
  const indexAt = (timeMs: number) =>
    Math.max(
      0,
      known.findLastIndex(({ startMs }) => startMs <= timeMs),
    );
  const wanted = indexAt(wantedMs);
  const startMs = known[wanted]?.startMs ?? oldest;
  // A silence that reaches into what is made anew may turn out to be another one, all of it.
  const heardMs = lastReadingMs(known.slice(0, wanted));
  const isSilent = heardMs !== null && startMs - heardMs > gapThresholdMs(0);
  const index = isSilent ? indexAt(Math.max(oldest, heardMs)) : wanted;
  const renewFromMs = known[index]?.startMs ?? oldest;
  // What a silence was is told by the readings on both of its sides.
  const lastBeforeMs = lastReadingsFromMs(known.slice(0, index)) ?? renewFromMs;
  const fromMs = index > 0 ? Math.min(renewFromMs - partMs, lastBeforeMs) : renewFromMs;
  // A low that is cut in two by where the reading begins is not the one that it is as a whole.
  const cut = lows.find(({ startMs, endMs }) => startMs <= fromMs && endMs + longestGapMs >= fromMs);
  return {
    readFromMs: Math.max(oldest, cut ? cut.startMs - longestGapMs : fromMs),
    renewFromMs,
    readToMs: nowMs,
  };
}

/**
 * The summaries with what `readings` say from `renewFromMs` until `readToMs`; they are all there are since
 * `readFromMs`, in time order. Those of before stay as they are.
 */
export function renewed(
  kept: DaySummaries,
  readings: readonly Reading[],
  { renewFromMs, readToMs }: Renewal,
  { timeZone, edges, evidence }: { timeZone: string; edges: Edges; evidence: Evidence },
): DaySummaries {
  const before = all(kept).filter(({ endMs }) => endMs <= renewFromMs);
  // After a month without a look there is a hole: what lies before one is let go of.
  const hole = before.findLastIndex(
    ({ endMs }, index) => endMs !== (before[index + 1]?.startMs ?? renewFromMs),
  );
  const known = before.slice(hole + 1);
  const added = summariesOf(readings, spansOf(renewFromMs, readToMs, timeZone), edges, evidence);
  return inDays([...known, ...added], readToMs, timeZone);
}

/** Joins what is older than yesterday by day, and lets go of what is older than is kept. */
function inDays(known: readonly GlucoseSummary[], nowMs: number, timeZone: string): DaySummaries {
  const yesterday = yesterdayOf(nowMs, timeZone);
  const days: GlucoseSummary[] = [];
  let ofDayMs: number | null = null;
  for (const summary of known) {
    if (summary.startMs >= yesterday.startMs) break;
    const dayStartMs = localDayOf(summary.startMs, timeZone).startMs;
    const last = days.at(-1);
    if (last && ofDayMs === dayStartMs) days[days.length - 1] = joinSummaries(last, summary);
    else days.push(summary);
    ofDayMs = dayStartMs;
  }
  return {
    days: days.slice(-mostDaysKept),
    parts: known.filter(({ startMs }) => startMs >= yesterday.startMs),
  };
}

/**
 * One summary of the local days from the one that began at `startMs` until now; null where they are not
 * all kept.
 */
export function summaryFrom(kept: DaySummaries, startMs: number): GlucoseSummary | null {
  const known = all(kept);
  const from = known.findIndex((summary) => summary.startMs === startMs);
  if (from < 0) return null;
  return known.slice(from).reduce(joinSummaries);
}

/** The local days from `daysBack` days before today's until it, by their beginnings; today's is the last. */
export function dayStartsMs(daysBack: number, nowMs: number, timeZone: string): number[] {
  const starts: number[] = [];
  let day = localDayOf(nowMs, timeZone);
  for (let count = 0; count <= daysBack; count += 1) {
    starts.unshift(day.startMs);
    day = previousLocalDay(day, timeZone);
  }
  return starts;
}
