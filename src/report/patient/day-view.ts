import { isOneLocalDay, type LocalDay } from "#glucose/local-time.ts";
import { dayMs, type Span } from "#glucose/time.ts";
import type { Language } from "#words/language.ts";
import { formatDate, formatDuration, formatPartOfDay, formatWeekday } from "#words/time.ts";

export const dayInFull = ({ startMs }: Span, timeZone: string, language: Language): string =>
  `${formatWeekday(startMs, timeZone, language, "long")} ${formatDate(startMs, timeZone, language)}`;

/** A day's name, the part of it that is shown if not all, and its length if that is not the usual one. */
export function shownDayInFull(
  { day, span }: { day: LocalDay; span: Span },
  timeZone: string,
  language: Language,
): string {
  const part = partOfDay(span, timeZone, language);
  const lengthMs = day.endMs - day.startMs;
  return [
    dayInFull(day, timeZone, language),
    ...(part ? [part] : []),
    ...(lengthMs === dayMs ? [] : [formatDuration(lengthMs, language)]),
  ].join(" · ");
}

/** Which part of a day is shown; null where it is all of it. */
export const partOfDay = (day: Span, timeZone: string, language: Language): string | null =>
  isOneLocalDay(day, timeZone) ? null : formatPartOfDay(day, timeZone, language);
