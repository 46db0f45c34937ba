import { isLocalTimeAmbiguous, localClock, localDayOf } from "#glucose/local-time.ts";
import { dayMs, minuteMs, type Span } from "#glucose/time.ts";
import type { Language } from "./language.ts";

/** English dates are written day first, as outside the United States: 6 Nov 2026. */
export const localeOf = (language: Language): string => (language === "en" ? "en-GB" : language);

const formats = {
  date: { day: "numeric", month: "short", year: "numeric" },
  shortDate: { day: "numeric", month: "short" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  dateTime: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  shortDateTime: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

// Making a formatter costs a hundred times what using one does, and a roster shows hundreds of times.
const cache = new Map<string, unknown>();
function cached<T>(key: string, create: () => T): T {
  const found = cache.get(key) as T | undefined;
  if (found !== undefined) return found;
  const made = create();
  cache.set(key, made);
  return made;
}

function format(kind: keyof typeof formats, timeMs: number, timeZone: string, language: Language): string {
  const formatter = cached(
    `${kind} ${timeZone} ${language}`,
    () => new Intl.DateTimeFormat(localeOf(language), { ...formats[kind], timeZone }),
  );
  return formatter.format(timeMs);
}

/** A time that the clock shows twice says which of the two it is: "01:30 (UTC+01:00)". */
function formatClock(
  kind: keyof typeof formats,
  timeMs: number,
  timeZone: string,
  language: Language,
): string {
  const text = format(kind, timeMs, timeZone, language);
  return isLocalTimeAmbiguous(timeMs, timeZone) ? `${text} (${localClock(timeMs, timeZone).offset})` : text;
}

/** "6 Nov 2026" in the zone. */
export const formatDate = (timeMs: number, timeZone: string, language: Language): string =>
  format("date", timeMs, timeZone, language);

/** "3 Apr 1980" for "1980-04-03", a day of no zone. */
export const formatCalendarDate = (date: string, language: Language): string =>
  formatDate(Date.parse(date), "UTC", language);

/** "6 Nov" in the zone. */
export const formatShortDate = (timeMs: number, timeZone: string, language: Language): string =>
  format("shortDate", timeMs, timeZone, language);

/** "14:05" in the zone. */
export const formatTime = (timeMs: number, timeZone: string, language: Language): string =>
  formatClock("time", timeMs, timeZone, language);

/** "6 Nov 2026, 14:05" in the zone. */
export const formatDateTime = (timeMs: number, timeZone: string, language: Language): string =>
  formatClock("dateTime", timeMs, timeZone, language);

/** "6 Nov, 14:05" in the zone. */
export const formatShortDateTime = (timeMs: number, timeZone: string, language: Language): string =>
  formatClock("shortDateTime", timeMs, timeZone, language);

/** "14:05" as a mark on an axis, which says the offset of a time that comes twice in a line of its own. */
export const formatAxisTime = (timeMs: number, timeZone: string, language: Language): string =>
  format("time", timeMs, timeZone, language);

/** "26 Nov, 06:55 – 07:55", the date once where both ends share it. */
export function formatSpan({ startMs, endMs }: Span, timeZone: string, language: Language): string {
  const isOneDay = localDayOf(startMs, timeZone).startMs === localDayOf(endMs, timeZone).startMs;
  const end = (isOneDay ? formatTime : formatShortDateTime)(endMs, timeZone, language);
  return `${formatShortDateTime(startMs, timeZone, language)} – ${end}`;
}

/** From when to when a part of a day is, "00:00 – 14:05"; the end of the day is 24:00. */
export function formatPartOfDay({ startMs, endMs }: Span, timeZone: string, language: Language): string {
  const isToTheEnd = localDayOf(startMs, timeZone).endMs === endMs;
  return `${formatTime(startMs, timeZone, language)} – ${isToTheEnd ? "24:00" : formatTime(endMs, timeZone, language)}`;
}

/** "Fri", or "Friday". */
export const formatWeekday = (
  timeMs: number,
  timeZone: string,
  language: Language,
  style: "short" | "long" = "short",
): string =>
  cached(
    `weekday ${style} ${timeZone} ${language}`,
    () => new Intl.DateTimeFormat(localeOf(language), { weekday: style, timeZone }),
  ).format(timeMs);

/** "10 minutes", which stay on one line. */
const unit = (count: number, name: "day" | "hour" | "minute", language: Language): string =>
  cached(
    `unit ${name} ${language}`,
    () => new Intl.NumberFormat(localeOf(language), { style: "unit", unit: name, unitDisplay: "long" }),
  )
    .format(count)
    .replace(" ", "\u00a0");

/**
 * How long it is between two times as they are shown, to the minute: from 05:53 to 08:03 are 2 hours
 * 10 minutes, whatever the seconds are.
 */
export const shownLengthMs = (fromMs: number, toMs: number): number =>
  (Math.floor(toMs / minuteMs) - Math.floor(fromMs / minuteMs)) * minuteMs;

/**
 * A length of time by its two largest units: "6 days 4 hours", "12 minutes". Below two days it is given in
 * hours: "1 day" would be taken for a calendar day, which can have 23, 24.5 or 25 of them.
 */
export function formatDuration(durationMs: number, language: Language): string {
  const minutes = Math.floor(Math.max(0, durationMs) / minuteMs);
  const days = durationMs < 2 * dayMs ? 0 : Math.floor(minutes / 1440);
  const parts = [
    { count: days, name: "day" },
    { count: Math.floor(minutes / 60) - days * 24, name: "hour" },
    { count: minutes % 60, name: "minute" },
  ] as const;
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return unit(0, "minute", language);
  const words = parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, name }) => unit(count, name, language));
  const list = cached(
    `list ${language}`,
    () => new Intl.ListFormat(localeOf(language), { type: "unit", style: "narrow" }),
  );
  return list.format(words);
}

const justNow: Record<Language, string> = { en: "just now", "zh-CN": "刚刚" };

/**
 * An age in words: "4 minutes ago", "1 hour 14 minutes ago", "5 days ago". A clock slightly
 * ahead of the data reads as just now.
 */
export function formatAge(ageMs: number, language: Language): string {
  if (ageMs < minuteMs) return justNow[language];
  const days = Math.floor(ageMs / dayMs);
  const length = days < 2 ? formatDuration(ageMs, language) : unit(days, "day", language);
  return language === "en" ? `${length} ago` : `${length}前`;
}
