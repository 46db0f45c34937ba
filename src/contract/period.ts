import { localDayOf, previousLocalDay } from "#glucose/local-time.ts";
import { dayMs, minuteMs, type Span } from "#glucose/time.ts";

export const presetDays = [1, 3, 7, 14, 30, 90] as const;

/** What is asked for: the last 24 hours, today and the days before, or a fixed range. */
export type Period =
  | { readonly kind: "last"; readonly days: (typeof presetDays)[number] }
  | ({ readonly kind: "range" } & Span);

/** One that ends now ends with the minute, so that it moves once a minute. */
export const nextMinuteMs = (nowMs: number): number => Math.ceil(nowMs / minuteMs) * minuteMs;

/** What is read for a period, whatever zone its days are of. */
export function readSpanOf(period: Period, nowMs: number): Span {
  if (period.kind === "range") return period;
  const endMs = nextMinuteMs(nowMs);
  return { startMs: endMs - period.days * dayMs, endMs };
}

/**
 * The span of a period at a time. Several days are today and the days before it by the patient's clock, as
 * the list has them, of which 24 hours each are read: in the last hour of a day, after the clocks went back,
 * it begins an hour late.
 */
export function spanOf(period: Period, nowMs: number, timeZone: string): Span {
  const read = readSpanOf(period, nowMs);
  if (period.kind === "range" || period.days === 1) return read;
  let first = localDayOf(nowMs, timeZone);
  for (let day = 1; day < period.days; day += 1) first = previousLocalDay(first, timeZone);
  return { startMs: Math.max(first.startMs, read.startMs), endMs: read.endMs };
}
