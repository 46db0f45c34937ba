import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { Stale } from "#contract/problem.ts";
import { toReadings } from "#contract/reading-columns.ts";
import type { KeptWardChoice, NowAnswer, PatientNow, WardChoice } from "#contract/ward.ts";
import type { Reading } from "#glucose/reading.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { getJson, sendJson } from "../http.ts";

const path = "/api/account/ward";

/** A patient with the last hours' readings; null where they could not be read. */
export interface WardPatient extends Omit<PatientNow, "read"> {
  readings: readonly Reading[] | null;
  asOfMs: number | null;
  /** Why the platform could not be read since `asOfMs`. */
  stale: Stale | null;
}

export const wardQueries = {
  /** Whom this person's screen shows, with their account. */
  choice: (owner: string) =>
    queryOptions({
      queryKey: ["ward", owner],
      queryFn: async ({ signal }) => (await getJson<KeptWardChoice>(path, signal)).choice,
      staleTime: minuteMs,
    }),
  /** All of them in one answer, every minute, for as long as the page stands. */
  now: (ids: readonly string[], opening: string) =>
    queryOptions({
      queryKey: ["ward", "now", opening, ids],
      queryFn: async ({ signal }) => {
        const { data } = await sendJson<NowAnswer>("/api/patients/now", { ids, opening }, { signal });
        return data.patients.map(
          ({ read, ...patient }): WardPatient => ({
            ...patient,
            readings: read && toReadings(read.readings),
            asOfMs: read?.asOfMs ?? null,
            stale: read?.stale ?? null,
          }),
        );
      },
      enabled: ids.length > 0,
      refetchInterval: () => realMs(minuteMs),
      gcTime: 0,
      structuralSharing: false,
    }),
};

export function changeWardChoice(owner: string) {
  const { queryKey } = wardQueries.choice(owner);
  return mutationOptions({
    meta: { changes: [queryKey] },
    mutationFn: async (choice: WardChoice) =>
      (await sendJson<KeptWardChoice>(path, choice, { method: "PUT" })).data.choice,
    onSuccess: (choice, _sent, _before, { client }) => {
      client.setQueryData(queryKey, choice);
    },
  });
}
