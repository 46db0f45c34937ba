import type { ImportJob } from "#contract/import.ts";
import { paceOf } from "../jobs/pace.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { ImportStore } from "../store/imports.ts";

/** A file with the counts of its rows, and while it runs how fast it goes. */
export async function progressOf(
  imports: ImportStore,
  job: StoredImport,
  { now, clockSpeed }: { now: () => number; clockSpeed: () => number },
): Promise<ImportJob> {
  const { startedAtMs: _at, startedBy: _by, failures: _failures, ...shown } = job;
  const { id } = job;
  const counts = await imports.counts(id);
  const asOfMs = now();
  return {
    ...shown,
    counts,
    noted: await imports.noted(id),
    regionsAssumed: await imports.regionsAssumed(id),
    duplicates: await imports.duplicates(id),
    asOfMs,
    ...(await paceOf(imports, job, counts.new, { asOfMs, clockSpeed })),
  };
}
