import pLimit from "p-limit";
import type { ImportRow } from "#contract/import.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { ImportStore } from "../store/imports.ts";
import type { TryRow } from "./try-row.ts";

const mostAtOnce = 4;
/** So many rows that fail one after the other pause a file. */
export const mostFailuresInARow = 20;

export interface RunRowsOptions {
  store: ImportStore;
  tryRow: TryRow;
  /** For the rows of all files together. */
  limitRate: () => Promise<void>;
  stopping: AbortSignal;
}

/**
 * Registers rows side by side while all goes well, and ends early when it does not; answers with how it went.
 */
export type RunRows = (
  job: StoredImport,
  rows: readonly ImportRow[],
) => Promise<Pick<StoredImport, "failures" | "trouble"> & { pauseMs: number }>;

export function createRunRows({ store, tryRow, limitRate, stopping }: RunRowsOptions): RunRows {
  const limit = pLimit(mostAtOnce);
  return async (job, rows) => {
    let { failures, trouble } = job;
    let pauseMs = 0;
    let unexpected: unknown;
    const isOver = () => stopping.aborted || unexpected !== undefined || failures > Math.max(1, job.failures);
    const one = async (row: ImportRow) => {
      if (isOver()) return;
      await limitRate();
      if (isOver() || !(await store.isRunning(job.id))) return;
      const setback = await tryRow(job, row);
      trouble = setback?.trouble ?? null;
      pauseMs = setback?.pauseMs ?? 0;
      failures = setback ? (setback.isEnd ? mostFailuresInARow : failures + 1) : 0;
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
