import { queryOptions } from "@tanstack/react-query";
import pLimit from "p-limit";
import {
  type ListedPatient,
  patientRanges,
  patientSummary,
  rosterFacets,
  rosterPage,
} from "#contract/roster.ts";
import { savedViews } from "#contract/saved-views.ts";
import { type TargetChoice, targetKey } from "#glucose/targets.ts";
import { now, realMs } from "../clock.ts";
import { getJson, sendJson } from "../http.ts";
import type { View } from "./view.ts";

const minuteMs = 60_000;
const rangesFreshMs = 60 * minuteMs;
export const pageSize = 50;
const longestPage = 200;

/** A browser opens six connections to a server: the rows leave two to the list itself. */
const atOnce = pLimit(4);

export const viewsPath = "/api/account/views";
const pathOf = (id: string, part: string) => `/api/patients/${encodeURIComponent(id)}/${part}`;

export const rosterQueries = {
  /** One page of those who match. */
  page: (view: View, q: string, page: number) =>
    queryOptions({
      queryKey: ["roster", "list", view, q, page],
      queryFn: async ({ signal }) => {
        const body = { ...view, q, limit: pageSize, offset: page * pageSize };
        return (await sendJson("/api/patients/search", body, rosterPage, { signal })).data;
      },
      // Whoever was just registered is in the list the moment one comes back to it.
      staleTime: 0,
      structuralSharing: false,
    }),
  /** The first `most` of those who match, for paper: in the longest pages the server gives. */
  printed: (view: View, q: string, most: number) =>
    queryOptions({
      queryKey: ["roster", "printed", view, q],
      queryFn: async ({ signal }) => {
        const rows: ListedPatient[] = [];
        for (;;) {
          const body = { ...view, q, limit: longestPage, offset: rows.length };
          const page = (await sendJson("/api/patients/search", body, rosterPage, { signal })).data;
          rows.push(...page.rows);
          if (page.rows.length === 0 || rows.length >= Math.min(page.total, most)) return rows.slice(0, most);
        }
      },
      staleTime: minuteMs,
      structuralSharing: false,
    }),
  /** What this person has named, with their account. */
  savedViews: (owner: string) =>
    queryOptions({
      queryKey: ["roster", "views", owner],
      queryFn: async ({ signal }) => (await getJson(viewsPath, savedViews, signal)).views,
      staleTime: minuteMs,
    }),
  facets: queryOptions({
    queryKey: ["roster", "facets"],
    queryFn: ({ signal }) => getJson("/api/patients/facets", rosterFacets, signal),
    staleTime: minuteMs,
  }),
  /** One row's live part: each row its own, so that a slow one never holds the list up. */
  summary: (id: string) =>
    queryOptions({
      queryKey: ["roster", "summary", id],
      queryFn: ({ signal }) => atOnce(() => getJson(pathOf(id, "summary"), patientSummary, signal)),
      refetchInterval: () => realMs(minuteMs),
    }),
  /** Fourteen days change little in an hour; until then what the list brought serves. Other targets make other shares. */
  ranges: (id: string, targets: TargetChoice) =>
    queryOptions({
      queryKey: ["roster", "ranges", id, targetKey(targets)],
      queryFn: ({ signal }) => atOnce(() => getJson(pathOf(id, "ranges"), patientRanges, signal)),
      staleTime: rangesFreshMs,
    }),
};

/** Whether the shares that came with the list are too old to stand. */
export const isOutdated = (endMs: number | undefined): boolean =>
  endMs === undefined || now() - endMs > rangesFreshMs;
