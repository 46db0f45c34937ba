import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { ApiKeyList, Exchange, MadeApiKey, NewApiKey } from "#contract/api-keys.ts";
import { getJson, sendJson } from "../http.ts";

export const exchangeQueries = {
  /** Whether other programs are told anything; for administrators, as the following. */
  now: queryOptions({
    queryKey: ["exchange"],
    queryFn: ({ signal }) => getJson<Exchange>("/api/exchange", signal),
  }),
  keys: queryOptions({
    queryKey: ["api-keys"],
    queryFn: ({ signal }) => getJson<ApiKeyList>("/api/keys", signal),
  }),
};

export const exchangeMutations = {
  turn: mutationOptions({
    meta: { changes: [exchangeQueries.now.queryKey] },
    mutationFn: async (isOn: boolean) =>
      (await sendJson<Exchange>("/api/exchange", { isOn }, { method: "PUT" })).data,
    onSuccess: (set, _isOn, _before, { client }) => {
      client.setQueryData(exchangeQueries.now.queryKey, set);
    },
    onError: (_error, _isOn, _before, { client }) => client.invalidateQueries(exchangeQueries.now),
  }),
  makeKey: mutationOptions({
    meta: { changes: [exchangeQueries.keys.queryKey] },
    mutationFn: async (key: NewApiKey) => (await sendJson<MadeApiKey>("/api/keys", key)).data,
    onSuccess: (_made, _key, _before, { client }) => client.invalidateQueries(exchangeQueries.keys),
  }),
  revokeKey: mutationOptions({
    meta: { changes: [exchangeQueries.keys.queryKey] },
    mutationFn: async (id: string) =>
      (await sendJson<ApiKeyList>(`/api/keys/${id}`, {}, { method: "DELETE" })).data,
    onSuccess: (left, _id, _before, { client }) => {
      client.setQueryData(exchangeQueries.keys.queryKey, left);
    },
    onError: (_error, _id, _before, { client }) => client.invalidateQueries(exchangeQueries.keys),
  }),
};
