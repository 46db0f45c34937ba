import { mutationOptions, queryOptions } from "@tanstack/react-query";
import {
  type LookupFilter,
  type LookupList,
  type LookupLists,
  type LookupRow,
  type LookupRows,
  type LookupSort,
  mostLookupRows,
} from "#contract/lookups.ts";
import { getJson, sendFile, sendJson } from "../http.ts";

const pollMs = 1000;
const rowsPollMs = 2000;
export const rowsPerPage = mostLookupRows;

export type ListAction = "start" | "pause" | "retry";
export interface RowChoice {
  readonly show: LookupFilter;
  readonly sort: LookupSort;
}

const pathOf = (id: string) => `/api/look-ups/${encodeURIComponent(id)}`;
const rowsKey = (id: string) => ["look-ups", id, "rows"];

function readPage(id: string, { show, sort }: RowChoice, page: number, signal?: AbortSignal) {
  const query = new URLSearchParams({ show, sort, offset: String(page * rowsPerPage) });
  return getJson<LookupRows>(`${pathOf(id)}/rows?${query}`, signal);
}

/** All rows that are chosen, in their order. */
export async function readAllRows(id: string, choice: RowChoice): Promise<LookupRow[]> {
  const rows: LookupRow[] = [];
  for (let page = 0; ; page += 1) {
    const answer = await readPage(id, choice, page);
    rows.push(...answer.rows);
    if (answer.rows.length === 0 || rows.length >= answer.total) return rows;
  }
}

export const lookupQueries = {
  latest: queryOptions({
    queryKey: ["look-ups"],
    queryFn: ({ signal }) => getJson<LookupLists>("/api/look-ups", signal),
    staleTime: 0,
  }),
  /** Asked once a second while it runs. */
  list: (id: string) =>
    queryOptions({
      queryKey: ["look-ups", id],
      queryFn: ({ signal }) => getJson<LookupList>(pathOf(id), signal),
      refetchInterval: ({ state }) => (state.data?.state === "running" ? pollMs : false),
      retry: false,
      staleTime: 0,
    }),
  rows: (id: string, choice: RowChoice, page: number, isRunning: boolean) =>
    queryOptions({
      queryKey: [...rowsKey(id), choice, page],
      queryFn: ({ signal }) => readPage(id, choice, page, signal),
      refetchInterval: isRunning ? rowsPollMs : false,
    }),
  allRows: (id: string) => ({ queryKey: rowsKey(id) }),
};

export const lookupMutations = {
  /** The server looks it up from now on. */
  send: mutationOptions({
    meta: { changes: [lookupQueries.latest.queryKey] },
    mutationFn: (list: File) => sendFile<LookupList>("/api/look-ups", list),
    onSuccess: (list, _file, _before, { client }) => {
      client.setQueryData(lookupQueries.list(list.id).queryKey, list);
      void client.invalidateQueries({ ...lookupQueries.latest, exact: true });
    },
  }),
  act: (id: string) => {
    const { queryKey } = lookupQueries.list(id);
    return mutationOptions({
      meta: { changes: [queryKey, lookupQueries.latest.queryKey] },
      mutationFn: async (action: ListAction) =>
        (await sendJson<LookupList>(`${pathOf(id)}/${action}`, {})).data,
      // A poll that is on its way would bring the state before.
      onMutate: (_action, { client }) => client.cancelQueries({ queryKey, exact: true }),
      onSuccess: (list, _action, _before, { client }) => {
        client.setQueryData(queryKey, list);
      },
      onError: (_error, _action, _before, { client }) => client.invalidateQueries({ queryKey, exact: true }),
    });
  },
  remove: (id: string) =>
    mutationOptions({
      meta: { changes: [lookupQueries.list(id).queryKey, lookupQueries.latest.queryKey] },
      mutationFn: async () => (await sendJson<LookupLists>(pathOf(id), {}, { method: "DELETE" })).data,
      onSuccess: (left, _sent, _before, { client }) => {
        client.setQueryData(lookupQueries.latest.queryKey, left);
      },
    }),
};
