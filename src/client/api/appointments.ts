import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Appointments, KeptAppointments, PastedLines, ResolvedLines } from "#contract/appointments.ts";
import { getJson, sendJson } from "../http.ts";
import { patientKeys } from "./patients.ts";

const path = "/api/account/appointments";

/** Whom a person sees today. */
export const appointmentsQuery = (owner: string) =>
  queryOptions({
    queryKey: [...patientKeys.appointments, owner],
    queryFn: async ({ signal }) => (await getJson<KeptAppointments>(path, signal)).patients,
  });

/** Whom pasted lines mean. */
export const resolveLines = mutationOptions({
  mutationFn: async (pasted: PastedLines) =>
    (await sendJson<ResolvedLines>("/api/patients/resolve", pasted)).data,
});

/** Sets today's appointments; with null none are kept. */
export function changeAppointments(owner: string) {
  const { queryKey } = appointmentsQuery(owner);
  const keep = (client: QueryClient, { patients }: KeptAppointments) => {
    client.setQueryData(queryKey, patients);
    // A view of the list is of them.
    void client.invalidateQueries({ queryKey: patientKeys.list });
  };
  return mutationOptions({
    meta: { changes: [queryKey, patientKeys.list] },
    mutationFn: async (body: Appointments | null) =>
      (await sendJson<KeptAppointments>(path, body ?? {}, { method: body ? "PUT" : "DELETE" })).data,
    onMutate: (_body, { client }) => client.cancelQueries({ queryKey }),
    onSuccess: (kept, _body, _before, { client }) => keep(client, kept),
    onError: (_error, _body, _before, { client }) => client.invalidateQueries({ queryKey }),
  });
}
