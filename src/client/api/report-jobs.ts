import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { NewReports, ReportRows, ReportsJob, ReportsJobs } from "#contract/reports.ts";
import { mostReports } from "#contract/reports-limits.ts";
import { getJson, sendJson } from "../http.ts";
import { type ListView, patientKeys } from "./patients.ts";
import { readFile } from "./read-file.ts";

const runningPollMs = 1000;
/** Another tab or another browser may have gone on with it. */
const restingPollMs = 10_000;

export type ReportsAction = "start" | "pause" | "retry";
export type ReportsFile = "reports.pdf" | "reports.zip";

const pathOf = (id: string) => `/api/reports/${encodeURIComponent(id)}`;
const jobsKey = ["reports"];

const pollMs = (isRunning: boolean | undefined) => (isRunning ? runningPollMs : restingPollMs);

export const reportQueries = {
  /** Of whom reports can be made: the first of those in a list. */
  patients: (view: ListView, q: string) =>
    queryOptions({
      queryKey: [...patientKeys.list, "reports", view, q],
      queryFn: async ({ signal }) => {
        const { readWholeList } = await import("./whole-list.ts");
        return readWholeList(view, q, mostReports, signal);
      },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  jobs: queryOptions({
    queryKey: jobsKey,
    queryFn: ({ signal }) => getJson<ReportsJobs>("/api/reports", signal),
    refetchInterval: ({ state }) => pollMs(state.data?.jobs.some((job) => job.state === "running")),
    staleTime: 0,
  }),
  job: (id: string) =>
    queryOptions({
      queryKey: [...jobsKey, id],
      queryFn: ({ signal }) => getJson<ReportsJob>(pathOf(id), signal),
      refetchInterval: ({ state }) => pollMs(state.data?.state === "running"),
      retry: false,
      staleTime: 0,
    }),
  rows: (id: string, isRunning: boolean) =>
    queryOptions({
      queryKey: [...jobsKey, id, "rows"],
      queryFn: async ({ signal }) => (await getJson<ReportRows>(`${pathOf(id)}/rows`, signal)).rows,
      refetchInterval: isRunning ? 2 * runningPollMs : restingPollMs,
    }),
};

export const reportMutations = {
  begin: mutationOptions({
    meta: { changes: [jobsKey] },
    mutationFn: async (asked: NewReports) => (await sendJson<ReportsJob>("/api/reports", asked)).data,
    onSuccess: (job, _asked, _before, { client }) => {
      client.setQueryData(reportQueries.job(job.id).queryKey, job);
      void client.invalidateQueries({ queryKey: jobsKey, exact: true });
    },
  }),
  act: (id: string) => {
    const { queryKey } = reportQueries.job(id);
    return mutationOptions({
      meta: { changes: [jobsKey] },
      mutationFn: async (action: ReportsAction) =>
        (await sendJson<ReportsJob>(`${pathOf(id)}/${action}`, {})).data,
      // A poll that is on its way would bring the state before.
      onMutate: (_action, { client }) => client.cancelQueries({ queryKey, exact: true }),
      onSuccess: (job, _action, _before, { client }) => {
        client.setQueryData(queryKey, job);
        void client.invalidateQueries({ queryKey: reportQueries.rows(id, false).queryKey });
      },
      onError: (_error, _action, _before, { client }) => client.invalidateQueries({ queryKey, exact: true }),
    });
  },
  remove: (id: string) =>
    mutationOptions({
      meta: { changes: [jobsKey] },
      mutationFn: async () => (await sendJson<ReportsJobs>(pathOf(id), {}, { method: "DELETE" })).data,
      onSuccess: (left, _sent, _before, { client }) => {
        client.setQueryData(reportQueries.jobs.queryKey, left);
      },
    }),
};

/** What is made so far as one file. */
export const readReports = (id: string, file: ReportsFile): Promise<Blob> =>
  readFile(`${pathOf(id)}/${file}`);
