import { type LocalDay, localDayOf } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { formatActiveShare, formatShares } from "#glucose/shares.ts";
import type { Statistics } from "#glucose/statistics.ts";
import { dayMs, hourMs, type Span } from "#glucose/time.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatDuration, formatShortDate, formatWeekday } from "#words/time.ts";
import { extremesOf } from "../chart/extremes.ts";
import type { PeriodData } from "./period-data.ts";

/** As many as two sheets of paper hold. */
export const printedDays = 15;

/** A day's name where there is little room. */
export const dayName = ({ startMs }: Span, timeZone: string, language: Language): string =>
  `${formatWeekday(startMs, timeZone, language)} ${formatShortDate(startMs, timeZone, language)}`;

/** "3.9–12.4" */
export function dayRange(readings: readonly Reading[], day: Span, unit: GlucoseUnit): string | null {
  const extremes = extremesOf(readings, day);
  if (!extremes) return null;
  return `${formatGlucose(extremes.lowestMmolL, unit)}–${formatGlucose(extremes.highestMmolL, unit)}`;
}

/**
 * Of a day that readings were expected for a part of only: of how many of its
 * hours. The share of data is of those.
 */
function countedHours(
  { activeShare, coveredShare }: Pick<Statistics, "activeShare" | "coveredShare">,
  lengthMs: number,
): { counted: number; of: number } | null {
  if (activeShare <= 0) return null;
  const counted = Math.round(((coveredShare / activeShare) * lengthMs) / hourMs);
  const of = Math.round(lengthMs / hourMs);
  return of - counted >= 1 ? { counted, of } : null;
}

interface ShownDay {
  /** What the tile is of. */
  day: Span;
  /** From midnight to midnight. */
  whole: LocalDay;
  statistics: Pick<Statistics, "timeIn" | "activeShare" | "coveredShare">;
}

/**
 * What a tile says of its day: time in range and data, of how many hours, and
 * how long a day is whose clocks changed.
 */
export function dayLines(
  { day, whole, statistics }: ShownDay,
  t: Messages<"details">,
  language: Language,
): string[] {
  const { timeIn, activeShare } = statistics;
  const counted = countedHours(statistics, day.endMs - day.startMs);
  const lengthMs = whole.endMs - whole.startMs;
  return [
    ...(timeIn
      ? [
          t("dayInRange", { percent: formatShares(timeIn, {})["in-range"] }),
          t("dayData", { active: formatActiveShare(activeShare) }),
        ]
      : []),
    ...(counted ? [t("dayCounted", counted)] : []),
    ...(lengthMs === dayMs ? [] : [formatDuration(lengthMs, language)]),
  ];
}

/** Whether a period has only a part of a day that is over, or has begun before it. */
export function isCutDay(
  day: Span,
  { timeZone, extentEndMs }: Pick<PeriodData, "timeZone" | "extentEndMs">,
  nowMs: number,
): boolean {
  const whole = localDayOf(day.startMs, timeZone);
  return day.startMs > whole.startMs || (day.endMs < whole.endMs && extentEndMs < nowMs);
}
