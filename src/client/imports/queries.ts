import { queryOptions } from "@tanstack/react-query";
import { type ImportOutcome, importJob, importList, importRows } from "#contract/import.ts";
import { getJson } from "../http.ts";

export const rowsPerPage = 100;
const pollMs = 1000;
const rowsPollMs = 2000;

const pathOf = (id: string) => `/api/imports/${encodeURIComponent(id)}`;

export const latestImportsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: ({ signal }) => getJson("/api/imports", importList, signal),
  staleTime: 0,
});

/** Asked once a second while it runs. A poll that fails is said at once and not repeated before the next one. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["import", id],
    queryFn: ({ signal }) => getJson(pathOf(id), importJob, signal),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? pollMs : false),
    retry: false,
    staleTime: 0,
  });

export const importRowsKey = (id: string) => ["import", id, "rows"];

export const importRowsQuery = (
  id: string,
  outcome: ImportOutcome | "noted" | null,
  page: number,
  isRunning: boolean,
) =>
  queryOptions({
    queryKey: [...importRowsKey(id), outcome, page],
    queryFn: ({ signal }) => readRows(id, outcome, page * rowsPerPage, rowsPerPage, signal),
    refetchInterval: isRunning ? rowsPollMs : false,
  });

export function readRows(
  id: string,
  outcome: ImportOutcome | "noted" | null,
  offset: number,
  limit: number,
  signal?: AbortSignal,
) {
  const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
  if (outcome) query.set("outcome", outcome);
  return getJson(`${pathOf(id)}/rows?${query}`, importRows, signal);
}
