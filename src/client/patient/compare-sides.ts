import type { SensorLife } from "#glucose/gaps.ts";
import { isWholeLocalDays, localDayOf, previousLocalDay } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import type { Statistics } from "#glucose/statistics.ts";
import { dateInput, daysEndingIn, type Window } from "./period.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** As much as its warm-up, which no statistic counts, may be missing from a sensor's life. */
const toleranceMs = hourMs;
const enoughShare = 0.7;

/** One side of a comparison; of a sensor, or of days. */
export interface Side extends Window {
  readonly sensor?: { readonly serial: string; readonly isPiece: boolean };
}

/** Why a side cannot be held against another: a piece of a sensor's life, or less than a day of data. */
export type Shortfall = "piece" | "little";

function sideOf(
  own: readonly Reading[],
  period: Window,
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

/** The two latest sensors of a period, newest first, each from its first to its last reading; null when there is only one. */
export function sensorSides(
  readings: readonly Reading[],
  period: Window,
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

/** The whole hours around a side: what is read for one that moves with the minute is read anew only with the hour. */
export const hoursAround = ({ startMs, endMs }: Window): Window => ({
  startMs: Math.floor(startMs / hourMs) * hourMs,
  endMs: Math.ceil(endMs / hourMs) * hourMs,
});

/** As many whole days as a period has, and before its first one. */
function wholeDaysBefore(period: Window, timeZone: string): Window {
  const first = localDayOf(period.startMs, timeZone);
  let { startMs } = first;
  for (let left = Math.max(1, daysEndingIn(period, timeZone)); left > 0; left -= 1)
    startMs = previousLocalDay({ startMs, endMs: first.endMs }, timeZone).startMs;
  return { startMs, endMs: first.startMs };
}

/** The same as date fields want it. */
export function daysBefore(period: Window, timeZone: string): { from: string; to: string } {
  const { startMs, endMs } = wholeDaysBefore(period, timeZone);
  return { from: dateInput(startMs, timeZone), to: dateInput(endMs - 1, timeZone) };
}

/** The period before: as many whole days before whole days, however many hours the clocks gave each; else as much time. */
export const periodBefore = (period: Window, timeZone: string): Window =>
  isWholeLocalDays(period, timeZone)
    ? wholeDaysBefore(period, timeZone)
    : { startMs: period.startMs - (period.endMs - period.startMs), endMs: period.startMs };
