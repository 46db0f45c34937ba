import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Period, readSpanOf } from "#contract/period.ts";
import { toReadings } from "#contract/reading-columns.ts";
import type { ReadingsResponse } from "#contract/readings.ts";
import type { Reading } from "#glucose/reading.ts";
import { mergeReadings } from "#glucose/series.ts";
import { dayMs, minuteMs, type Span } from "#glucose/time.ts";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { now, realMs } from "../clock.ts";
import { getUnlessKnown, type Tagged } from "../http.ts";

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
