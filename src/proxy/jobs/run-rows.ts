import pLimit from "p-limit";
import type { StoredJob } from "../store/job-records.ts";
import type { JobStore } from "../store/jobs.ts";
import type { Row, TryRow } from "./try-row.ts";

const mostAtOnce = 4;
/** So many rows that fail one after the other pause a file. */
export const mostFailuresInARow = 20;

function failuresAfter(setback: Awaited<ReturnType<TryRow<StoredJob, Row>>>, failures: number): number {
  if (!setback) return 0;
  if (setback.isEnd) return mostFailuresInARow;
  return setback.isWaitedOut ? Math.min(failures + 1, mostFailuresInARow - 1) : failures + 1;
}

interface RunRowsOptions<J extends StoredJob, R extends Row> {
  store: JobStore<J>;
  tryRow: TryRow<J, R>;
  /** For the rows of all files together. */
  limitRate: () => Promise<void>;
  stopping: AbortSignal;
}

/**
 * Tries rows side by side while all goes well, and ends early when it does not; answers with how it went.
 */
export type RunRows<J extends StoredJob, R extends Row> = (
  job: J,
  rows: readonly R[],
) => Promise<Pick<StoredJob, "failures" | "trouble"> & { pauseMs: number }>;

export function createRunRows<J extends StoredJob, R extends Row>({
  store,
  tryRow,
  limitRate,
  stopping,
}: RunRowsOptions<J, R>): RunRows<J, R> {
  const limit = pLimit(mostAtOnce);
  return async (job, rows) => {
    let { failures, trouble } = job;
    let pauseMs = 0;
    let unexpected: unknown;
    const isOver = () => stopping.aborted || unexpected !== undefined || failures > Math.max(1, job.failures);
    const one = async (row: R) => {
      if (isOver()) return;
      await limitRate();
      if (isOver() || !(await store.isRunning(job.id))) return;
      const setback = await tryRow(job, row);
      trouble = setback?.trouble ?? null;
      pauseMs = setback?.pauseMs ?? 0;
      failures = failuresAfter(setback, failures);
    };
    // Rows under way are finished even when another one fails.
    const each = rows.map((row) =>
      limit(() => one(row)).catch((error: unknown) => {
        unexpected ??= error;
      }),
    );
    await Promise.all(each);
    if (unexpected !== undefined) throw unexpected;
    return { failures, trouble, pauseMs };
  };
}
