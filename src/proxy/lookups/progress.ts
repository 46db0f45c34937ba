import type { LookupList } from "#contract/lookups.ts";
import { paceOf } from "../jobs/pace.ts";
import type { StoredList } from "../store/lookup-records.ts";
import type { LookupStore } from "../store/lookups.ts";

/** A list with the counts of its rows, and while it runs how fast it goes. */
export async function progressOf(
  lists: LookupStore,
  job: StoredList,
  { now, clockSpeed }: { now: () => number; clockSpeed: () => number },
): Promise<LookupList> {
  const { startedAtMs: _at, startedBy: _by, failures: _failures, fileName, ...shown } = job;
  const counts = await lists.counts(job.id);
  const asOfMs = now();
  return {
    ...shown,
    name: fileName,
    counts,
    asOfMs,
    ...(await paceOf(lists, job, counts.new, { asOfMs, clockSpeed })),
  };
}
