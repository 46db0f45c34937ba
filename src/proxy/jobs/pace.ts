import type { StoredJob } from "../store/job-records.ts";
import type { JobStore } from "../store/jobs.ts";

const rateWindowMs = 30_000;

interface Pace {
  rowsPerSecond: number | null;
  secondsLeft: number | null;
}

/** How fast a file goes, in real time, and how long its rows that are left take; null while it does not run. */
export async function paceOf(
  store: Pick<JobStore<StoredJob>, "doneSince">,
  { id, state, startedAtMs }: StoredJob,
  left: number,
  { asOfMs, clockSpeed }: { asOfMs: number; clockSpeed: () => number },
): Promise<Pace> {
  if (state !== "running" || startedAtMs === null) return { rowsPerSecond: null, secondsLeft: null };
  const sinceMs = Math.max(startedAtMs, asOfMs - rateWindowMs * clockSpeed());
  const done = await store.doneSince(id, sinceMs);
  const realSeconds = (asOfMs - sinceMs) / clockSpeed() / 1000;
  const rowsPerSecond = done / Math.max(1, realSeconds);
  return { rowsPerSecond, secondsLeft: done > 0 ? left / rowsPerSecond : null };
}
