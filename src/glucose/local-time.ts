import { dayMs, minuteMs, type Span } from "./time.ts";

const quarterHourMs = 15 * minuteMs;
/**
 * No period is longer than 400 days. A span of many years comes from a date that is wrong, and each
 * of its days costs a look at the zone.
 */
const mostDays = 4000;
/** Of each zone; beyond that the cache starts again. */
const mostKept = 20_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset of each UTC day in which it does not change; null for a day in which the clocks change. */
  readonly days: Map<number, number | null>;
  readonly quarterHours: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    const fields = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    } as const;
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      second: "numeric",
      ...fields,
    });
    zone = { format, days: new Map(), quarterHours: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

function computeOffsetMs({ format }: Zone, timeMs: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(timeMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(timeMs / 1000) * 1000;
}

/**
 * Zones change their clocks at whole quarter hours of UTC, so one look a
 * day, or one a quarter hour, is enough.
 */
function offsetMs(timeMs: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const day = Math.floor(timeMs / dayMs);
  let ofDay = zone.days.get(day);
  if (ofDay === undefined) {
    const first = computeOffsetMs(zone, day * dayMs);
    ofDay = first === computeOffsetMs(zone, (day + 1) * dayMs - quarterHourMs) ? first : null;
    if (zone.days.size >= mostKept) zone.days.clear();
    zone.days.set(day, ofDay);
  }
  if (ofDay !== null) return ofDay;
  const quarterHour = Math.floor(timeMs / quarterHourMs);
  let offset = zone.quarterHours.get(quarterHour);
  if (offset === undefined) {
    offset = computeOffsetMs(zone, quarterHour * quarterHourMs);
    if (zone.quarterHours.size >= mostKept) zone.quarterHours.clear();
    zone.quarterHours.set(quarterHour, offset);
  }
  return offset;
}

/**
 * The first instant whose local clock shows `localMs` or later: midnight, or the
 * end of the jump where it is skipped.
 */
function firstInstantAtMs(localMs: number, timeZone: string): number {
  const offsets = [
    offsetMs(localMs - 26 * 60 * minuteMs, timeZone),
    offsetMs(localMs + 26 * 60 * minuteMs, timeZone),
  ];
  const latestMs = localMs - Math.min(...offsets);
  let instantMs = localMs - Math.max(...offsets);
  while (instantMs < latestMs && instantMs + offsetMs(instantMs, timeZone) < localMs)
    instantMs += quarterHourMs;
  return instantMs;
}

/**
 * A local day, from its first instant to the first of the next, Unix ms: midnight to
 * midnight where midnight is not skipped.
 */
export type LocalDay = Span;

const dayNumberShown = (timeMs: number, timeZone: string): number =>
  Math.floor((timeMs + offsetMs(timeMs, timeZone)) / dayMs);

/**
 * The calendar day that an instant belongs to, counted from 1970. Where the clocks go back
 * over midnight the new day has begun.
 */
function dayNumberOf(timeMs: number, timeZone: string): number {
  let day = dayNumberShown(timeMs, timeZone);
  while (firstInstantAtMs((day + 1) * dayMs, timeZone) <= timeMs) day += 1;
  return day;
}

/**
 * The whole local day that an instant belongs to in an IANA zone: 23, 24 or 25 hours, or what
 * else the zone's clocks make of it. Where they skip midnight, it begins with its first instant.
 * Throws a RangeError for an unknown zone.
 */
export function localDayOf(timeMs: number, timeZone: string): LocalDay {
  const day = dayNumberOf(timeMs, timeZone);
  const endMs = firstInstantAtMs((day + 1) * dayMs, timeZone);
  return { startMs: firstInstantAtMs(day * dayMs, timeZone), endMs };
}

/** When the local day of `timeMs` begins, Unix ms. */
export const localDayStartMs = (timeMs: number, timeZone: string): number =>
  localDayOf(timeMs, timeZone).startMs;

/** The local day that begins where this one ends; in a zone that skipped a whole day, the one after that. */
export const nextLocalDay = ({ endMs }: LocalDay, timeZone: string): LocalDay => localDayOf(endMs, timeZone);

/** The local day that ends where this one begins. */
export const previousLocalDay = ({ startMs }: LocalDay, timeZone: string): LocalDay =>
  localDayOf(startMs - 1, timeZone);

/** Whether a span is one or more whole local days. */
export const isWholeLocalDays = ({ startMs, endMs }: LocalDay, timeZone: string): boolean =>
  startMs < endMs && [startMs, endMs].every((timeMs) => localDayStartMs(timeMs, timeZone) === timeMs);

/** Whether a span is exactly one local day. */
export const isOneLocalDay = ({ startMs, endMs }: LocalDay, timeZone: string): boolean => {
  const day = localDayOf(startMs, timeZone);
  return day.startMs === startMs && day.endMs === endMs;
};

/** An instant's local date, "2026-11-06". */
export const localDateOf = (timeMs: number, timeZone: string): string =>
  new Date(dayNumberOf(timeMs, timeZone) * dayMs).toISOString().slice(0, 10);

/**
 * The day that a date such as "2026-11-06" names; no time at all where the zone
 * skipped it, null where it names none.
 */
export function localDayNamed(date: string, timeZone: string): LocalDay | null {
  const utcMs = Date.parse(`${date}T00:00:00Z`);
  // A date that no calendar has, such as 30 February, would be read as one of March.
  if (Number.isNaN(utcMs) || new Date(utcMs).toISOString().slice(0, 10) !== date) return null;
  return {
    startMs: firstInstantAtMs(utcMs, timeZone),
    endMs: firstInstantAtMs(utcMs + dayMs, timeZone),
  };
}

/** 0 for Monday to 6 for Sunday. */
export const localWeekday = (timeMs: number, timeZone: string): number =>
  (dayNumberOf(timeMs, timeZone) + 3) % 7;

/** Minutes since 00:00 that the local clock shows, 0 to 1439. */
export const localMinuteOfDay = (timeMs: number, timeZone: string): number => {
  const localMs = timeMs + offsetMs(timeMs, timeZone);
  return Math.floor((localMs - Math.floor(localMs / dayMs) * dayMs) / minuteMs);
};

/**
 * The local days that the period touches, clipped to it, in order and without a hole: 23 or 25 h when the
 * clocks change. Throws a RangeError for a span of more than ten years: callers bound it first.
 */
export function localDays(startMs: number, endMs: number, timeZone: string): LocalDay[] {
  if (endMs - startMs > mostDays * dayMs) throw new RangeError("more days than can be told one by one");
  const days: LocalDay[] = [];
  for (let fromMs = startMs; fromMs < endMs; ) {
    const toMs = Math.min(localDayOf(fromMs, timeZone).endMs, endMs);
    days.push({ startMs: fromMs, endMs: toMs });
    fromMs = toMs;
  }
  return days;
}

/** No zone's clocks go back by more: Troll's go back by two hours. */
const longestRepeatMs = 3 * 60 * minuteMs;

/** Whether the local clock shows this time twice, now and before or after a change of its offset. */
export function isLocalTimeAmbiguous(timeMs: number, timeZone: string): boolean {
  const own = offsetMs(timeMs, timeZone);
  return [timeMs - longestRepeatMs, timeMs + longestRepeatMs].some((nearMs) => {
    const other = offsetMs(nearMs, timeZone);
    return other !== own && offsetMs(timeMs + own - other, timeZone) === other;
  });
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** What the local clock shows, "2026-11-06 14:05:09", and how far it is from UTC, "UTC+08:00". */
export function localClock(timeMs: number, timeZone: string): { text: string; offset: string } {
  const awayMs = offsetMs(timeMs, timeZone);
  const minutes = Math.round(Math.abs(awayMs) / minuteMs);
  const text = new Date(timeMs + awayMs).toISOString().slice(0, 19).replace("T", " ");
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return { text, offset: `UTC${awayMs < 0 ? "-" : "+"}${clock}` };
}
