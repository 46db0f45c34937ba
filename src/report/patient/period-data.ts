import { type Episode, episodesOf } from "#glucose/episodes.ts";
import type { SensorLife } from "#glucose/gaps.ts";
import { localDayStartMs, localDays } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Statistics } from "#glucose/statistics.ts";
import type { Targets } from "#glucose/targets.ts";
import { dayMs, type Span } from "#glucose/time.ts";

/** What a number rests on. */
export interface Basis extends Span {
  readonly statistics: Statistics;
  readonly timeZone: string;
  readonly asOfMs: number;
}

/** Lows and highs, each in time order. */
type Episodes = Readonly<Record<"low" | "high", readonly Episode[]>>;

/** The sensors' lives by serial; one that could not be read is not among them. */
export type Lives = ReadonlyMap<string, SensorLife>;

/** A period's readings and what every section says of them. */
export interface PeriodData extends Basis {
  readonly readings: readonly Reading[];
  readonly targets: Targets;
  readonly episodes: Episodes;
  readonly lives: Lives;
  /** Where the curve ends; later than `endMs` when the period reaches into the future. */
  readonly extentEndMs: number;
}

export const episodesIn = (readings: readonly Reading[], period: Span, { edges }: Targets): Episodes => ({
  low: episodesOf(readings, period, "low", edges),
  high: episodesOf(readings, period, "high", edges),
});

/**
 * How many days a span is long: by the calendar where it begins with a day, which may go on still; else by
 * elapsed time.
 */
export const daysIn = ({ startMs, endMs }: Span, timeZone: string): number =>
  localDayStartMs(startMs, timeZone) === startMs
    ? localDays(startMs, endMs, timeZone).length
    : (endMs - startMs) / dayMs;

/**
 * Whether a span is no longer than so many days, by elapsed time or by the
 * calendar: three whole days can have 73 hours.
 */
export function isUpToDays(span: Span, days: number, timeZone: string): boolean {
  const lengthMs = span.endMs - span.startMs;
  if (lengthMs <= days * dayMs) return true;
  const isWhole = localDayStartMs(span.startMs, timeZone) === span.startMs;
  return isWhole && localDays(span.startMs, span.endMs, timeZone).length <= days;
}
