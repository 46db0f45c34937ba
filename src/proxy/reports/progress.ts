import type { ReportsJob } from "#contract/reports.ts";
import { reportsKeptHours } from "#contract/reports-limits.ts";
import { hourMs } from "#glucose/time.ts";
import { paceOf } from "../jobs/pace.ts";
import type { ReportStore, StoredReports } from "../store/reports.ts";

/** A job with the counts of its patients, and while it runs how fast it goes. */
export async function progressOf(
  reports: ReportStore,
  job: StoredReports,
  { now, clockSpeed }: { now: () => number; clockSpeed: () => number },
): Promise<ReportsJob> {
  const { id, state, total, createdAtMs, asked, trouble, waitUntilMs } = job;
  const counts = await reports.counts(id);
  const asOfMs = now();
  return {
    id,
    state,
    total,
    createdAtMs,
    keptUntilMs: createdAtMs + reportsKeptHours * hourMs,
    asked,
    counts,
    trouble,
    waitUntilMs,
    asOfMs,
    ...(await paceOf(reports, job, counts.new, { asOfMs, clockSpeed })),
  };
}
