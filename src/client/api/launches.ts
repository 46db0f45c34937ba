import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  IssuerTest,
  LaunchAnswer,
  LaunchBegun,
  LaunchIssuerList,
  LaunchReturned,
  NewLaunchIssuer,
} from "#contract/launch.ts";
import { getJson, sendJson } from "../http.ts";

const path = "/api/launch-issuers";

export const launchIssuerQueries = {
  /** Which health records may open patients here; for administrators. */
  all: queryOptions({
    queryKey: ["launch-issuers"],
    queryFn: ({ signal }) => getJson<LaunchIssuerList>(path, signal),
  }),
};

const changing = {
  meta: { changes: [launchIssuerQueries.all.queryKey] },
  onSuccess: (
    list: LaunchIssuerList,
    _sent: unknown,
    _before: unknown,
    { client }: { client: QueryClient },
  ) => {
    client.setQueryData(launchIssuerQueries.all.queryKey, list);
  },
};

export const launchIssuerMutations = {
  name: mutationOptions({
    ...changing,
    mutationFn: async (issuer: NewLaunchIssuer) => (await sendJson<LaunchIssuerList>(path, issuer)).data,
  }),
  change: (id: string) =>
    mutationOptions({
      ...changing,
      mutationFn: async (issuer: NewLaunchIssuer) =>
        (await sendJson<LaunchIssuerList>(`${path}/${id}`, issuer, { method: "PUT" })).data,
    }),
  test: (id: string) =>
    mutationOptions({
      mutationFn: async () => (await sendJson<IssuerTest>(`${path}/${id}/test`, {})).data,
    }),
  remove: (id: string) =>
    mutationOptions({
      ...changing,
      mutationFn: async () =>
        (await sendJson<LaunchIssuerList>(`${path}/${id}`, {}, { method: "DELETE" })).data,
    }),
};

/** How a record began a launch, or sent the browser back. */
export type LaunchStep =
  | { readonly step: "begin"; readonly sent: LaunchBegun }
  | { readonly step: "return"; readonly sent: LaunchReturned };

/** One step of a launch; each can be taken once. */
export const launchMutation = mutationOptions({
  mutationFn: async ({ step, sent }: LaunchStep) =>
    (await sendJson<LaunchAnswer>(step === "begin" ? "/api/launches" : "/api/launches/return", sent)).data,
});
