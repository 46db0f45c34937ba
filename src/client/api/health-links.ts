import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { HealthLinkList, HealthLinkRequest, NewHealthLink } from "#contract/health-links.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { getJson, sendJson } from "../http.ts";

const pathOf = (patientId: string) => `/api/patients/${encodeURIComponent(patientId)}/health-links`;

export const healthLinkQueries = {
  /** Renewed while on screen: somebody may be opening one. */
  of: (patientId: string) =>
    queryOptions({
      queryKey: ["health-links", patientId],
      queryFn: ({ signal }) => getJson<HealthLinkList>(pathOf(patientId), signal),
      staleTime: 0,
      refetchInterval: () => realMs(minuteMs),
    }),
};

export const healthLinkMutations = {
  make: (patientId: string) =>
    mutationOptions({
      mutationFn: async (asked: HealthLinkRequest) =>
        (await sendJson<NewHealthLink>(pathOf(patientId), asked)).data,
      onSuccess: ({ links }, _sent, _before, { client }) =>
        client.setQueryData(healthLinkQueries.of(patientId).queryKey, { links }),
      // It has the key.
      gcTime: 0,
    }),
  revoke: (patientId: string) =>
    mutationOptions({
      mutationFn: async (id: string) =>
        (
          await sendJson<HealthLinkList>(
            `${pathOf(patientId)}/${encodeURIComponent(id)}`,
            {},
            { method: "DELETE" },
          )
        ).data,
      onSuccess: (list, _sent, _before, { client }) =>
        client.setQueryData(healthLinkQueries.of(patientId).queryKey, list),
    }),
};
