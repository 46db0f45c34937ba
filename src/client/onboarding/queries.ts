import { queryOptions } from "@tanstack/react-query";
import { lookedUpPatient } from "#contract/patient.ts";
import { sendJson } from "../http.ts";

/** Who has a partner user ID here already. Asked by POST, so that no ID stands in an address. */
export const lookupQuery = (partnerUid: string) =>
  queryOptions({
    queryKey: ["patients", "lookup", partnerUid],
    queryFn: async ({ signal }) =>
      (await sendJson("/api/patients/lookup", { partnerUid }, lookedUpPatient, { signal })).data,
    enabled: partnerUid !== "" && partnerUid.length <= 64,
    staleTime: 10_000,
  });
