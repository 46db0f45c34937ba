import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { ImportJob, ImportList, ImportOutcome, ImportRows, LeaveOut } from "#contract/import.ts";
import { getJson, sendFile, sendJson } from "../http.ts";

export const rowsPerPage = 100;
const pollMs = 1000;
const rowsPollMs = 2000;

/** The rows of one outcome, of those with a note, or with null all. */
export type RowFilter = ImportOutcome | "noted" | null;
export type ImportAction = "start" | "pause" | "cancel" | "retry";

const pathOf = (id: string) => `/api/imports/${encodeURIComponent(id)}`;
const rowsKey = (id: string) => ["import", id, "rows"];

export function readRows(id: string, filter: RowFilter, offset: number, limit: number, signal?: AbortSignal) {
  const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
  if (filter) query.set("outcome", filter);
  return getJson<ImportRows>(`${pathOf(id)}/rows?${query}`, signal);
}

export const importQueries = {
  latest: queryOptions({
    queryKey: ["imports"],
    queryFn: ({ signal }) => getJson<ImportList>("/api/imports", signal),
    staleTime: 0,
  }),
  /**
   * Asked once a second while it runs. A poll that fails is said at once
   * and not repeated before the next one.
   */
  job: (id: string) =>
    queryOptions({
      queryKey: ["import", id],
      queryFn: ({ signal }) => getJson<ImportJob>(pathOf(id), signal),
      refetchInterval: ({ state }) => (state.data?.state === "running" ? pollMs : false),
      retry: false,
      staleTime: 0,
    }),
  /** One page of its rows. */
  rows: (id: string, filter: RowFilter, page: number, isRunning: boolean) =>
    queryOptions({
      queryKey: [...rowsKey(id), filter, page],
      queryFn: ({ signal }) => readRows(id, filter, page * rowsPerPage, rowsPerPage, signal),
      refetchInterval: isRunning ? rowsPollMs : false,
    }),
  /** All its rows, to be invalidated. */
  allRows: (id: string) => ({ queryKey: rowsKey(id) }),
};

export const importMutations = {
  /** Sends a file to be checked; nobody is registered yet. */
  check: mutationOptions({
    meta: { changes: [importQueries.latest.queryKey] },
    mutationFn: (file: File) => sendFile<ImportJob>("/api/imports", file),
    onSuccess: (_job, _file, _before, { client }) => {
      void client.invalidateQueries(importQueries.latest);
    },
  }),
  act: (id: string) => {
    const { queryKey } = importQueries.job(id);
    return mutationOptions({
      meta: { changes: [queryKey, importQueries.latest.queryKey] },
      mutationFn: async (action: ImportAction) =>
        (await sendJson<ImportJob>(`${pathOf(id)}/${action}`, {})).data,
      // A poll that is on its way would bring the state before.
      onMutate: (_action, { client }) => client.cancelQueries({ queryKey, exact: true }),
      onSuccess: (job, _action, _before, { client }) => {
        client.setQueryData(queryKey, job);
      },
      onError: (_error, _action, _before, { client }) => client.invalidateQueries({ queryKey, exact: true }),
    });
  },
  leaveOut: (id: string) => {
    const { queryKey } = importQueries.job(id);
    return mutationOptions({
      meta: { changes: [queryKey, rowsKey(id)] },
      mutationFn: async (what: LeaveOut) =>
        (await sendJson<ImportJob>(`${pathOf(id)}/left-out`, what, { method: "PUT" })).data,
      onSuccess: (job, _what, _before, { client }) => {
        client.setQueryData(queryKey, job);
        return client.invalidateQueries(importQueries.allRows(id));
      },
      onError: (_error, _what, _before, { client }) => client.invalidateQueries({ queryKey }),
    });
  },
  remove: (id: string) =>
    mutationOptions({
      meta: { changes: [importQueries.job(id).queryKey, importQueries.latest.queryKey] },
      mutationFn: async () => (await sendJson<ImportList>(pathOf(id), {}, { method: "DELETE" })).data,
      onSuccess: (left, _sent, _before, { client }) => {
        client.setQueryData(importQueries.latest.queryKey, left);
      },
    }),
};
