import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type AuditPage,
  auditChoices,
  auditPage,
  auditVerification,
  mostAuditRows,
} from "#contract/audit.ts";
import { rosterPage } from "#contract/roster.ts";
import { getJson, sendJson } from "../http.ts";
import { viewerZone } from "../ui/time.ts";
import { type AuditFilter, filterQuery } from "./view.ts";

const rowsPerPage = 100;
const offered = 8;

function readPage(
  filter: AuditFilter,
  more: Record<string, string>,
  before: string | null,
  signal?: AbortSignal,
): Promise<AuditPage> {
  const query = filterQuery(filter, viewerZone);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  if (before) query.set("before", before);
  return getJson(`/api/audit?${query}`, auditPage, signal);
}

/** A page on its way into a file, which the trail keeps apart from looking. */
export const readForFile = (filter: AuditFilter, before: string | null): Promise<AuditPage> =>
  readPage(filter, { limit: String(mostAuditRows), export: "1" }, before);

export const auditQueries = {
  rows: (filter: AuditFilter) =>
    infiniteQueryOptions({
      queryKey: ["audit", "rows", filter],
      queryFn: ({ pageParam, signal }) => readPage(filter, { limit: String(rowsPerPage) }, pageParam, signal),
      initialPageParam: null as string | null,
      getNextPageParam: ({ next }) => next,
      placeholderData: keepPreviousData,
      // What has been read does not change; new rows are read when somebody asks for them.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  choices: queryOptions({
    queryKey: ["audit", "choices"],
    queryFn: ({ signal }) => getJson("/api/audit/choices", auditChoices, signal),
    staleTime: 60_000,
  }),
  /** Reads every row there is, so it is not repeated by itself. */
  verification: queryOptions({
    queryKey: ["audit", "verification"],
    queryFn: ({ signal }) => getJson("/api/audit/verification", auditVerification, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }),
  /** Patients whom a text may mean. */
  patients: (q: string) =>
    queryOptions({
      queryKey: ["audit", "patients", q],
      queryFn: async ({ signal }) =>
        (await sendJson("/api/patients/search", { q, limit: offered }, rosterPage, { signal })).data.rows,
      enabled: q !== "",
      placeholderData: keepPreviousData,
    }),
};
