import type { ImportJob } from "#contract/import.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { ImportStore } from "../store/imports.ts";

const rateWindowMs = 30_000;

/** A file with the counts of its rows, and while it runs how fast it goes. */
export async function progressOf(
  imports: ImportStore,
  { startedAtMs, startedBy: _by, failures: _failures, ...job }: StoredImport,
  { now, clockSpeed }: { now: () => number; clockSpeed: number },
): Promise<ImportJob> {
  const { id } = job;
  const counts = await imports.counts(id);
  const asOfMs = now();
  const noted = await imports.noted(id);
  const regionsAssumed = await imports.regionsAssumed(id);
  const duplicates = await imports.duplicates(id);
  const answer = {
    ...job,
    counts,
    noted,
    regionsAssumed,
    duplicates,
    asOfMs,
    rowsPerSecond: null,
    secondsLeft: null,
  };
  if (job.state !== "running" || startedAtMs === null) return answer;
  const sinceMs = Math.max(startedAtMs, asOfMs - rateWindowMs * clockSpeed);
  const done = await imports.doneSince(id, sinceMs);
  const realSeconds = (asOfMs - sinceMs) / clockSpeed / 1000;
  const rowsPerSecond = done / Math.max(1, realSeconds);
  return { ...answer, rowsPerSecond, secondsLeft: done > 0 ? counts.new / rowsPerSecond : null };
}
