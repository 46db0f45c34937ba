import type { Period } from "#contract/period.ts";
import type { SensorLife } from "#glucose/gaps.ts";
import { localDayNamed, localDayOf, localDayStartMs, previousLocalDay } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import type { Statistics } from "#glucose/statistics.ts";
import { dayMs, hourMs, type Span } from "#glucose/time.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { daysIn } from "#report/patient/period-data.ts";
import type { ComparisonChoice } from "./comparison-choice.ts";
import { dateInput } from "./period.ts";

/** As much as its warm-up, which no statistic counts, may be missing from a sensor's life. */
const toleranceMs = hourMs;
const enoughShare = 0.7;

/** One side of a comparison; of a sensor, or of days. */
export interface Side extends Span {
  readonly sensor?: { readonly serial: string; readonly isPiece: boolean };
}

/** The date that divides a period where none was chosen: the one in its middle. */
export const middleDate = ({ startMs, endMs }: Span, timeZone: string): string =>
  dateInput((startMs + endMs) / 2, timeZone);

/**
 * The period before and since a local midnight, the later part first; null where that does not lie within it.
 */
function splitSides(period: Span, since: string, timeZone: string): [Side, Side] | null {
  const { startMs, endMs } = period;
  const atMs = localDayNamed(since, timeZone)?.startMs;
  if (atMs === undefined || atMs <= startMs || atMs >= endMs) return null;
  return [
    { startMs: atMs, endMs },
    { startMs, endMs: atMs },
  ];
}

/** The two sides of a comparison, the period or its later part first; null where there are none. */
export function sidesOf(
  { choice, days, since }: ComparisonChoice,
  data: Pick<PeriodData, "startMs" | "endMs" | "timeZone" | "readings" | "lives">,
  nowMs: number,
): [Side, Side] | null {
  const { startMs, endMs, timeZone, readings, lives } = data;
  const period = { startMs, endMs };
  if (choice === "before") return [period, periodBefore(period, timeZone)];
  if (choice === "since") return splitSides(period, since ?? middleDate(period, timeZone), timeZone);
  if (choice === "sensor") return sensorSides(readings, period, lives, nowMs);
  return choice === "custom" && days ? [period, days] : null;
}

/** Why a side cannot be held against another: a piece of a sensor's life, or less than a day of data. */
export type Shortfall = "piece" | "little";

function sideOf(
  own: readonly Reading[],
  period: Span,
  life: SensorLife | undefined,
  nowMs: number,
): Side | null {
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) return null;
  const startedMs = life?.activatedAtMs ?? null;
  const beganBefore =
    startedMs === null
      ? first.timeMs - period.startMs <= toleranceMs
      : period.startMs - startedMs > toleranceMs;
  const wentOn =
    (life?.endedAtMs ?? nowMs) - period.endMs > toleranceMs && period.endMs - last.timeMs <= toleranceMs;
  return {
    startMs: first.timeMs,
    endMs: last.timeMs + 1,
    sensor: { serial: first.sensor, isPiece: beganBefore || wentOn },
  };
}

/**
 * The two latest sensors of a period, newest first, each from its first to its last
 * reading; null when there is only one.
 */
export function sensorSides(
  readings: readonly Reading[],
  period: Span,
  lives: ReadonlyMap<string, SensorLife>,
  nowMs: number,
): [Side, Side] | null {
  const inPeriod = inWindow(readings, period.startMs, period.endMs);
  const latest = inPeriod.at(-1)?.sensor;
  const since = inPeriod.findIndex(({ sensor }) => sensor === latest);
  const last = inPeriod[since - 1]?.sensor;
  if (latest === undefined || last === undefined) return null;
  const before = inPeriod.slice(0, since).filter(({ sensor }) => sensor === last);
  const own = sideOf(inPeriod.slice(since), period, lives.get(latest), nowMs);
  const other = sideOf(before, period, lives.get(last), nowMs);
  return own && other && [own, other];
}

/** A sensor's longest wear, and two days before it without one. */
const reachMs = 17 * dayMs;

/**
 * The whole days that hold the two latest sensors of a period from their start on,
 * for where the period cuts one of them.
 */
export function daysOfTwoSensors(
  data: Pick<PeriodData, "startMs" | "endMs" | "timeZone" | "readings">,
  lives: ReadonlyMap<string, SensorLife>,
  nowMs: number,
): Period {
  const { startMs, endMs, timeZone, readings } = data;
  const inPeriod = inWindow(readings, startMs, endMs);
  const latest = inPeriod.at(-1)?.sensor ?? "";
  const last = inPeriod.findLast(({ sensor }) => sensor !== latest)?.sensor ?? "";
  const life = lives.get(latest);
  const begunMs =
    lives.get(last)?.activatedAtMs ?? (life?.activatedAtMs ? life.activatedAtMs - reachMs : null);
  if (begunMs === null) return { kind: "last", days: 90 };
  const untilMs = Math.max(Math.min(endMs, nowMs), Math.min(life?.endedAtMs ?? nowMs, nowMs));
  return {
    kind: "range",
    startMs: localDayOf(begunMs, timeZone).startMs,
    endMs: localDayOf(untilMs - 1, timeZone).endMs,
  };
}

export function shortfallOf(
  side: Side,
  { coveredShare }: Pick<Statistics, "coveredShare">,
): Shortfall | null {
  if (side.sensor?.isPiece) return "piece";
  const lengthMs = side.endMs - side.startMs;
  // Days that were chosen may be a single one; of that, the usual share is enough.
  const leastMs = side.sensor ? dayMs : Math.min(dayMs, lengthMs * enoughShare);
  return lengthMs * coveredShare < leastMs ? "little" : null;
}

/**
 * The whole hours around a side: what is read for one that moves with the
 * minute is read anew only with the hour.
 */
export const hoursAround = ({ startMs, endMs }: Span): Span => ({
  startMs: Math.floor(startMs / hourMs) * hourMs,
  endMs: Math.ceil(endMs / hourMs) * hourMs,
});

/** As many whole days as a period has, and before its first one. */
function wholeDaysBefore(period: Span, timeZone: string): Span {
  const first = localDayOf(period.startMs, timeZone);
  let { startMs } = first;
  for (let left = Math.max(1, Math.round(daysIn(period, timeZone))); left > 0; left -= 1)
    startMs = previousLocalDay({ startMs, endMs: first.endMs }, timeZone).startMs;
  return { startMs, endMs: first.startMs };
}

/** The same as date fields want it. */
export function daysBefore(period: Span, timeZone: string): { from: string; to: string } {
  const { startMs, endMs } = wholeDaysBefore(period, timeZone);
  return { from: dateInput(startMs, timeZone), to: dateInput(endMs - 1, timeZone) };
}

/**
 * The period before: as many whole days before days, however many hours the clocks gave each and though
 * the last goes on still; else as much time.
 */
export const periodBefore = (period: Span, timeZone: string): Span =>
  localDayStartMs(period.startMs, timeZone) === period.startMs
    ? wholeDaysBefore(period, timeZone)
    : { startMs: period.startMs - (period.endMs - period.startMs), endMs: period.startMs };
