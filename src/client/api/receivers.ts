import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { NewReceiver, ReceiverList, ReceiverTest } from "#contract/receivers.ts";
import { getJson, sendJson } from "../http.ts";

const path = "/api/receivers";

export const receiverQueries = {
  /** Where patients' data may be sent; for administrators. */
  all: queryOptions({
    queryKey: ["receivers"],
    queryFn: ({ signal }) => getJson<ReceiverList>(path, signal),
  }),
};

const changing = {
  meta: { changes: [receiverQueries.all.queryKey] },
  onSuccess: (list: ReceiverList, _sent: unknown, _before: unknown, { client }: { client: QueryClient }) => {
    client.setQueryData(receiverQueries.all.queryKey, list);
  },
};

export const receiverMutations = {
  name: mutationOptions({
    ...changing,
    mutationFn: async (receiver: NewReceiver) => (await sendJson<ReceiverList>(path, receiver)).data,
  }),
  change: (id: string) =>
    mutationOptions({
      ...changing,
      mutationFn: async (receiver: NewReceiver) =>
        (await sendJson<ReceiverList>(`${path}/${id}`, receiver, { method: "PUT" })).data,
    }),
  remove: (id: string) =>
    mutationOptions({
      ...changing,
      mutationFn: async () => (await sendJson<ReceiverList>(`${path}/${id}`, {}, { method: "DELETE" })).data,
    }),
  stopOrders: (id: string) =>
    mutationOptions({
      ...changing,
      mutationFn: async () =>
        (await sendJson<ReceiverList>(`${path}/${id}/standing-orders`, {}, { method: "DELETE" })).data,
    }),
  test: (id: string) =>
    mutationOptions({
      mutationFn: async () => (await sendJson<ReceiverTest>(`${path}/${id}/test`, {})).data,
    }),
};
