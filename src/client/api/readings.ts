import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { toReadings } from "#contract/reading-columns.ts";
import type { ReadingsResponse } from "#contract/readings.ts";
import { localDayOf, previousLocalDay } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { mergeReadings } from "#glucose/series.ts";
import { dayMs, minuteMs, type Span } from "#glucose/time.ts";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { now, realMs } from "../clock.ts";
import { getUnlessKnown, type Tagged } from "../http.ts";

export const presetDays = [1, 3, 7, 14, 30, 90] as const;

/** What is asked for: the last 24 hours, today and the days before, or a fixed range. */
export type Period =
  | { readonly kind: "last"; readonly days: (typeof presetDays)[number] }
  | ({ readonly kind: "range" } & Span);

/** One that ends now ends with the minute, so that it moves once a minute. */
const nextMinuteMs = (nowMs: number): number => Math.ceil(nowMs / minuteMs) * minuteMs;

/** What is read for a period, whatever zone its days are of. */
function readSpanOf(period: Period, nowMs: number): Span {
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

/** What is known of a span: of what is still to come, nothing. */
export interface PatientReadings extends Omit<ReadingsResponse, "readings">, Span, Tagged {
  readings: Reading[];
}

const overlapDays = 14;

/**
 * A range that ends now is another one at every read. While the platform was not read again its answer is the
 * same, and `known` still says until when.
 */
async function readReadings(
  id: string,
  span: Span,
  signal: AbortSignal,
  known?: PatientReadings,
): Promise<PatientReadings> {
  const path = `/api/patients/${encodeURIComponent(id)}/readings?start=${span.startMs}&end=${span.endMs}`;
  const endMs = Math.min(span.endMs, now());
  return getUnlessKnown(
    path,
    ({ readings, ...rest }: ReadingsResponse & Tagged) => ({
      ...rest,
      startMs: span.startMs,
      endMs,
      readings: toReadings(readings),
    }),
    known,
    signal,
  );
}

/** The platform tells thirty days in one answer; what takes several is asked for less often. */
export function renewedAfterMs(period: Period): number {
  const { startMs, endMs } = readSpanOf(period, now());
  return (endMs - startMs <= 31 * dayMs ? 2 : 10) * minuteMs;
}

/** A patient's readings. */
export const readingsQueries = {
  /**
   * A whole period, renewed now and then: a late upload can fill any
   * earlier gap, and a value may be corrected.
   */
  ofPeriod: (id: string, period: Period) =>
    queryOptions({
      queryKey: ["patient", id, "readings", period],
      queryFn: ({ client, queryKey, signal }) =>
        readReadings(id, readSpanOf(period, now()), signal, client.getQueryData(queryKey)),
      staleTime: 5 * minuteMs,
      // What could not be read is asked for again soon.
      refetchInterval: ({ state }) => realMs(state.data?.unread.length ? minuteMs : renewedAfterMs(period)),
      placeholderData: keepPreviousData,
      structuralSharing: false,
    }),
  /** The last day, every minute: new readings arrive by themselves. */
  recent: (id: string) =>
    queryOptions({
      queryKey: ["patient", id, "recent"],
      queryFn: ({ client, queryKey, signal }) =>
        readReadings(id, readSpanOf({ kind: "last", days: 1 }, now()), signal, client.getQueryData(queryKey)),
      refetchInterval: () => realMs(minuteMs),
      structuralSharing: false,
    }),
  /** In how many hours of the last 14 days both patients' sensors measured. */
  hoursOfBoth: (ids: readonly [string, string]) =>
    queryOptions({
      queryKey: ["overlap", ...ids],
      queryFn: async ({ signal }) => {
        const endMs = now();
        const span = { startMs: endMs - overlapDays * dayMs, endMs };
        const answers = await Promise.all(ids.map((id) => readReadings(id, span, signal)));
        return hoursOfTwoSensors(mergeReadings(...answers.map(({ readings }) => readings)));
      },
    }),
};
