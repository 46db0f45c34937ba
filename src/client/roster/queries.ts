import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { patientList, patientSummary } from "#contract/patient.ts";
import { realMs } from "../clock.ts";
import { getJson } from "../http.ts";

const pageSize = 50;

export const rosterQueries = {
  /** The patients that match, page after page. The last list stays on screen while the next search is under way. */
  list: (q: string) =>
    infiniteQueryOptions({
      queryKey: ["roster", "list", q],
      queryFn: ({ pageParam, signal }) => {
        const search = new URLSearchParams({ limit: String(pageSize), offset: String(pageParam) });
        if (q) search.set("q", q);
        return getJson(`/api/patients?${search}`, patientList, signal);
      },
      initialPageParam: 0,
      getNextPageParam: (last, pages) => {
        const shown = pages.reduce((sum, page) => sum + page.patients.length, 0);
        return last.patients.length > 0 && shown < last.total ? shown : undefined;
      },
      // Whoever was just registered is in the list the moment one comes back to it.
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  /** One row's live part: each row its own, so that a slow one never holds the list up. */
  summary: (id: string) =>
    queryOptions({
      queryKey: ["roster", "summary", id],
      queryFn: ({ signal }) =>
        getJson(`/api/patients/${encodeURIComponent(id)}/summary`, patientSummary, signal),
      refetchInterval: () => realMs(60_000),
    }),
};
