import { queryOptions } from "@tanstack/react-query";
import type { PatientSensors, WearersFound } from "#contract/patient-sensors.ts";
import { minuteMs } from "#glucose/time.ts";
import { getJson, sendJson } from "../http.ts";
import { pathOf, patientKeys } from "./patients.ts";

/** What was just seen is not another look. */
const staleTime = minuteMs;

export const patientSensorQueries = {
  /** All that a patient was seen to wear. */
  of: (id: string) =>
    queryOptions({
      queryKey: [...patientKeys.one, id, "sensors"],
      queryFn: ({ signal }) => getJson<PatientSensors>(pathOf(id, "/sensors"), signal),
      staleTime,
    }),
  /** Whose sensors they are who calls. Asked by POST, so that no name stands in an address. */
  wearers: (q: string) =>
    queryOptions({
      queryKey: ["wearers", q],
      queryFn: async ({ signal }) =>
        (await sendJson<WearersFound>("/api/devices/wearers", { q }, { signal })).data,
      enabled: q !== "",
      staleTime,
    }),
};
