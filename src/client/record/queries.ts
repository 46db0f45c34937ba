import { queryOptions } from "@tanstack/react-query";
import { mergedPatients, patient } from "#contract/patient.ts";
import { readingsResponse, toReadings } from "#contract/readings.ts";
import { rosterFacets, rosterPage } from "#contract/roster.ts";
import { colleagues } from "#contract/staff.ts";
import { mergeReadings } from "#glucose/series.ts";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { now } from "../clock.ts";
import { getJson, sendJson } from "../http.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const overlapDays = 14;
const mostOffered = 8;

export const recordPath = (id: string, part = "") => `/api/patients/${encodeURIComponent(id)}${part}`;

export const recordQueries = {
  /** The same as the patient's page has, so that what is saved here shows there. */
  detail: (id: string) =>
    queryOptions({
      queryKey: ["patient", id],
      queryFn: ({ signal }) => getJson(recordPath(id), patient, signal),
    }),
  merged: (id: string) =>
    queryOptions({
      queryKey: ["patient", id, "merged"],
      queryFn: async ({ signal }) =>
        (await getJson(recordPath(id, "/merged"), mergedPatients, signal)).patients,
    }),
  colleagues: queryOptions({
    queryKey: ["staff", "colleagues"],
    queryFn: async ({ signal }) => (await getJson("/api/staff/colleagues", colleagues, signal)).colleagues,
    staleTime: 5 * minuteMs,
  }),
  /** In how many hours of the last 14 days both patients' sensors measured. */
  hoursOfBoth: (ids: readonly [string, string]) =>
    queryOptions({
      queryKey: ["patients", "overlap", ...ids],
      queryFn: async ({ signal }) => {
        const end = now();
        const range = new URLSearchParams({ start: String(end - overlapDays * dayMs), end: String(end) });
        const read = (id: string) => getJson(recordPath(id, `/readings?${range}`), readingsResponse, signal);
        const answers = await Promise.all(ids.map(read));
        return hoursOfTwoSensors(mergeReadings(...answers.map(({ readings }) => toReadings(readings))));
      },
    }),
  /** Tags in use, to choose from. */
  tags: queryOptions({
    queryKey: ["patients", "tags"],
    queryFn: async ({ signal }) => (await getJson("/api/patients/facets", rosterFacets, signal)).tags,
  }),
  /** The first few who match, archived ones left out. */
  matching: (q: string) =>
    queryOptions({
      queryKey: ["roster", "matching", q],
      queryFn: async ({ signal }) =>
        (await sendJson("/api/patients/search", { q, limit: mostOffered }, rosterPage, { signal })).data.rows,
      enabled: q !== "",
    }),
};
