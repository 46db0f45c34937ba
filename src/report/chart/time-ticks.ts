import {
  isLocalTimeAmbiguous,
  localClock,
  localDateOf,
  localDayStartMs,
  localDays,
  localMinuteOfDay,
} from "#glucose/local-time.ts";
import { hourMs } from "#glucose/time.ts";

const stepHours = [1, 2, 3, 6, 12];
const stepDays = [1, 2, 7, 14, 28, 56];
const longestStepDays = 112;

export interface TimeTick {
  readonly timeMs: number;
  /** A local midnight, labelled with the date; others with the hour. */
  readonly isMidnight: boolean;
  /** "UTC+01:00" where the clock shows this time twice; null else. */
  readonly offset: string | null;
}

/** Days since 1970 by the calendar: what every so many-th day is counted by, wherever a window begins. */
const dayNumberOf = (timeMs: number, timeZone: string): number =>
  Math.round(Date.parse(localDateOf(timeMs, timeZone)) / (24 * hourMs));

const offsetWhereTwice = (timeMs: number, timeZone: string): string | null =>
  isLocalTimeAmbiguous(timeMs, timeZone) ? localClock(timeMs, timeZone).offset : null;

/**
 * Where the clocks change, round hours can stand too close together: the later one goes, a midnight stays.
 */
function spread(ticks: readonly TimeTick[], stepHour: number): TimeTick[] {
  const kept: TimeTick[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    const isClose = last && tick.timeMs - last.timeMs < stepHour * hourMs * 0.6;
    if (isClose && !tick.isMidnight) continue;
    if (isClose && !last.isMidnight) kept.pop();
    kept.push(tick);
  }
  return kept;
}

/**
 * Ticks at round local hours, or at local midnights for longer windows, as many as
 * fit. Right on days of 23 and 25 hours.
 */
export function timeTicks(
  startMs: number,
  endMs: number,
  timeZone: string,
  width: number,
  tickWidth: number,
): TimeTick[] {
  const room = Math.max(1, Math.floor(width / tickWidth));
  const hours = (endMs - startMs) / hourMs;
  const days = localDays(startMs, endMs, timeZone);
  const isFromMidnight = localDayStartMs(startMs, timeZone) === startMs;
  const midnights = days.slice(isFromMidnight ? 0 : 1).map((day) => day.startMs);
  const stepHour = stepHours.find((step) => hours / step <= room);
  if (stepHour === undefined) {
    const stepDay = stepDays.find((step) => hours / 24 / step <= room) ?? longestStepDays;
    return midnights
      .filter((timeMs) => dayNumberOf(timeMs, timeZone) % stepDay === 0)
      .map((timeMs) => ({ timeMs, isMidnight: true, offset: null }));
  }
  const isStart = new Set(midnights);
  const ticks: TimeTick[] = [];
  for (const day of days) {
    // Zones stand whole quarter hours from UTC, so a local hour begins on one.
    const quarterMs = hourMs / 4;
    for (
      let timeMs = Math.ceil(day.startMs / quarterMs) * quarterMs;
      timeMs < day.endMs;
      timeMs += quarterMs
    ) {
      const isMidnight = isStart.has(timeMs);
      if (isMidnight || localMinuteOfDay(timeMs, timeZone) % (stepHour * 60) === 0)
        ticks.push({ timeMs, isMidnight, offset: offsetWhereTwice(timeMs, timeZone) });
    }
  }
  return spread(ticks, stepHour);
}
