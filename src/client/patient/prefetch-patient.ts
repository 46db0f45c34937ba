import type { QueryClient } from "@tanstack/react-query";
import { patientQueries } from "../api/patients.ts";
import { readingsQueries } from "../api/readings.ts";
import { now } from "../clock.ts";
import { addressFault, parsePeriod, parseWindow } from "./period.ts";

/**
 * Asks side by side for what a patient's page shows first: the record, the summary, and the readings of the
 * address, which the page would ask for after it.
 */
export function prefetchPatient(client: QueryClient, id: string, search: URLSearchParams): void {
  void client.prefetchQuery(patientQueries.detail(id));
  void client.prefetchQuery(patientQueries.summary(id));
  if (client.getQueryData(patientQueries.summary(id).queryKey)?.stage === "waiting") return;
  void client.prefetchQuery(readingsQueries.recent(id));
  // Which period a window belongs to depends on the patient's zone, which the record tells.
  if (addressFault(search, now()) || parseWindow(search)) return;
  void client.prefetchQuery(readingsQueries.ofPeriod(id, parsePeriod(search)));
}
