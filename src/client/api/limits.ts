import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { NewLimits, WorklistLimits } from "#contract/limits.ts";
import { getJson, sendJson } from "../http.ts";
import { patientKeys } from "./patients.ts";

const path = "/api/worklist/limits";

/** From when on the list names a reason, for everybody. */
export const limitsQuery = queryOptions({
  queryKey: ["limits"],
  queryFn: ({ signal }) => getJson<WorklistLimits>(path, signal),
});

/** For administrators. */
export const setLimits = mutationOptions({
  meta: { changes: [limitsQuery.queryKey, patientKeys.list] },
  mutationFn: async (change: NewLimits) =>
    (await sendJson<WorklistLimits>(path, change, { method: "PUT" })).data,
  onSuccess: (set, _change, _before, { client }) => {
    client.setQueryData(limitsQuery.queryKey, set);
    return client.invalidateQueries({ queryKey: patientKeys.list });
  },
  // Perhaps a colleague has changed them meanwhile.
  onError: (_error, _change, _before, { client }) => client.invalidateQueries(limitsQuery),
});
