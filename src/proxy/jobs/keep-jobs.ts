import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { StoredJob } from "../store/job-records.ts";
import type { JobStore } from "../store/jobs.ts";

type Jobs = Pick<JobStore<StoredJob>, "move" | "remove" | "madeBefore">;

/** Also while it runs; false when it was not there. */
export async function removeJob(jobs: Jobs, id: string): Promise<boolean> {
  await jobs.move(id, ["running"], "cancelled");
  return jobs.remove(id);
}

export async function removeOldJobs(jobs: Jobs, keptMs: number, nowMs: number): Promise<void> {
  for (const id of await jobs.madeBefore(nowMs - keptMs)) await removeJob(jobs, id);
}

interface KeepJobsOptions {
  keptMs: number;
  everyMs: number;
  now: () => number;
  log: Logger;
  signal: AbortSignal;
}

/** Removes the jobs that are old enough now and again and again, until `signal` aborts. */
export async function keepJobs(
  jobs: Jobs,
  { keptMs, everyMs, now, log, signal }: KeepJobsOptions,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await removeOldJobs(jobs, keptMs, now());
    } catch (err) {
      log.error({ err }, "what is kept for a time only could not be removed");
    }
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
