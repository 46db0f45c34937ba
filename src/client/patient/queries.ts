import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { device } from "#contract/device.ts";
import { mergedPatients, patient } from "#contract/patient.ts";
import { type ReadingsResponse, readingsResponse, toReadings } from "#contract/readings.ts";
import { patientSummary } from "#contract/roster.ts";
import { colleagues } from "#contract/staff.ts";
import type { Reading } from "#glucose/reading.ts";
import { now, realMs } from "../clock.ts";
import { getJson } from "../http.ts";
import { type Period, type Window, windowOf } from "./period.ts";

const minuteMs = 60_000;

export interface PatientReadings extends Omit<ReadingsResponse, "readings"> {
  readings: Reading[];
}

async function readReadings(
  id: string,
  { startMs, endMs }: Window,
  signal: AbortSignal,
): Promise<PatientReadings> {
  const path = `/api/patients/${encodeURIComponent(id)}/readings?start=${startMs}&end=${endMs}`;
  const { readings, ...rest } = await getJson(path, readingsResponse, signal);
  return { ...rest, readings: toReadings(readings) };
}

/** The platform tells thirty days in one answer; what takes several is asked for less often. */
export function renewedAfterMs(period: Period): number {
  const { startMs, endMs } = windowOf(period, now());
  return (endMs - startMs <= 31 * 24 * 60 * minuteMs ? 2 : 10) * minuteMs;
}

export const patientQueries = {
  detail: (id: string) =>
    queryOptions({
      queryKey: ["patient", id],
      queryFn: ({ signal }) => getJson(`/api/patients/${encodeURIComponent(id)}`, patient, signal),
      staleTime: 5 * minuteMs,
    }),
  /** Who works here, by ID. */
  colleagues: queryOptions({
    queryKey: ["staff", "colleagues"],
    queryFn: async ({ signal }) => (await getJson("/api/staff/colleagues", colleagues, signal)).colleagues,
    staleTime: 5 * minuteMs,
  }),
  /** The records that have become a part of this one, as the record's page asks for them. */
  merged: (id: string) =>
    queryOptions({
      queryKey: ["patient", id, "merged"],
      queryFn: async ({ signal }) =>
        (await getJson(`/api/patients/${encodeURIComponent(id)}/merged`, mergedPatients, signal)).patients,
      staleTime: 5 * minuteMs,
    }),
  summary: (id: string) =>
    queryOptions({
      queryKey: ["patient", id, "summary"],
      queryFn: ({ signal }) =>
        getJson(`/api/patients/${encodeURIComponent(id)}/summary`, patientSummary, signal),
      // While the first reading is awaited, the page follows more closely.
      refetchInterval: ({ state }) => realMs(state.data?.stage === "reading" ? minuteMs : minuteMs / 4),
    }),
  /** The whole period, renewed now and then: a late upload can fill any earlier gap, and a value may be corrected. */
  history: (id: string, period: Period) =>
    queryOptions({
      queryKey: ["patient", id, "history", period],
      queryFn: ({ signal }) => readReadings(id, windowOf(period, now()), signal),
      staleTime: 5 * minuteMs,
      // What could not be read is asked for again soon.
      refetchInterval: ({ state }) => realMs(state.data?.unread.length ? minuteMs : renewedAfterMs(period)),
      placeholderData: keepPreviousData,
      structuralSharing: false,
    }),
  /** When a sensor was worn: why there are gaps. One that has ended does not change any more. */
  sensor: (serial: string) =>
    queryOptions({
      queryKey: ["devices", serial],
      queryFn: ({ signal }) => getJson(`/api/devices/${encodeURIComponent(serial)}`, device, signal),
      staleTime: ({ state }) => (state.data?.endedAtMs ? Number.POSITIVE_INFINITY : 10 * minuteMs),
      retry: false,
    }),
  /** The last day, every minute: new readings arrive by themselves. */
  recent: (id: string) =>
    queryOptions({
      queryKey: ["patient", id, "recent"],
      queryFn: ({ signal }) => readReadings(id, windowOf({ kind: "last", days: 1 }, now()), signal),
      refetchInterval: () => realMs(minuteMs),
      structuralSharing: false,
    }),
};
