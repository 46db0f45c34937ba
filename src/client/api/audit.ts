import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type AuditChoices,
  type AuditPage,
  type AuditQuery,
  type AuditVerification,
  mostAuditRows,
} from "#contract/audit.ts";
import { minuteMs } from "#glucose/time.ts";
import { getJson } from "../http.ts";

const rowsPerPage = 100;

/** What the trail is narrowed to; an absent one does not narrow. */
export type AuditRowsQuery = Omit<AuditQuery, "before" | "limit" | "export">;

function readPage(query: AuditQuery, signal?: AbortSignal): Promise<AuditPage> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return getJson(`/api/audit?${search}`, signal);
}

/**
 * A page on its way into a file, which the trail keeps apart from looking.
 * `before` is the `next` of the page before.
 */
export const readForFile = (filter: AuditRowsQuery, before: string | undefined): Promise<AuditPage> =>
  readPage({ ...filter, before, limit: mostAuditRows, export: "1" });

export const auditQueries = {
  rows: (filter: AuditRowsQuery) =>
    infiniteQueryOptions({
      queryKey: ["audit", "rows", filter],
      queryFn: ({ pageParam: before, signal }) => readPage({ ...filter, before, limit: rowsPerPage }, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
      // What has been read does not change; new rows are read when somebody asks for them.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  /** The rows of every filter, to be read anew. */
  allRows: { queryKey: ["audit", "rows"] },
  choices: queryOptions({
    queryKey: ["audit", "choices"],
    queryFn: ({ signal }) => getJson<AuditChoices>("/api/audit/choices", signal),
    staleTime: minuteMs,
  }),
  /** Reads every row there is, so it is not repeated by itself. */
  verification: queryOptions({
    queryKey: ["audit", "verification"],
    queryFn: ({ signal }) => getJson<AuditVerification>("/api/audit/verification", signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }),
};
