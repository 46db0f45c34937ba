import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import type { ImportTrouble } from "#contract/import.ts";
import { databaseTrouble } from "../store/database-trouble.ts";
import type { StoredJob } from "../store/job-records.ts";
import type { JobStore } from "../store/jobs.ts";
import { createRunRows, mostFailuresInARow, type RunRows } from "./run-rows.ts";
import { createTryRow, type JobRows, type Row, type TryRowOptions } from "./try-row.ts";

/** Resolves after so many milliseconds, or at once when `signal` is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface JobRunnerOptions<J extends StoredJob, R extends Row> extends TryRowOptions<J, R> {
  store: JobStore<J> & JobRows<R>;
  /** For the rows of all files together. */
  limitRate: () => Promise<void>;
  /** How much faster than real time `now` goes. */
  clockSpeed: () => number;
  log: Logger;
  wait?: Wait | undefined;
}

export interface JobRunner {
  /** Starts the files that are to run, and ends the wait of one that is not to wait any longer. */
  wake(): void;
  /** Resolves when the rows under way are through. */
  stop(): Promise<void>;
}

const rowsPerBatch = 100;
const firstWaitMs = 500;
const longestWaitMs = 60_000;
/** While the database restarts, or its disk is full. */
const databaseWaitMs = 1000;

const waitFor: Wait = (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => {});

interface FileRunOptions<J extends StoredJob, R extends Row> {
  store: JobStore<J> & JobRows<R>;
  runRows: RunRows<J, R>;
  now: () => number;
  clockSpeed: () => number;
  log: Logger;
  wait: Wait;
  stopping: AbortSignal;
}

/**
 * Runs one file until it is through, paused or cancelled; `waiting` makes the signal that ends its next wait.
 */
type FileRun = (id: string, waiting: () => AbortSignal) => Promise<void>;

function createFileRun<J extends StoredJob, R extends Row>({
  store,
  runRows,
  now,
  clockSpeed,
  log,
  wait,
  stopping,
}: FileRunOptions<J, R>): FileRun {
  /** Repeats `act` while the database cannot be used: that is no reason to pause a file. */
  async function whenDatabaseAnswers(id: string, act: () => Promise<void>): Promise<void> {
    while (!stopping.aborted)
      try {
        return await act();
      } catch (err) {
        if (!databaseTrouble(err)) throw err;
        log.warn({ jobId: id, err }, "A file waits for the database");
        await wait(databaseWaitMs, stopping);
      }
  }

  async function work(id: string, waiting: () => AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const job = await store.byId(id);
      if (job?.state !== "running") return;
      // After a failure one row alone finds out whether the line is back.
      const rows = await store.nextRows(id, job.failures > 0 ? 1 : rowsPerBatch);
      const { failures, trouble, pauseMs } = await runRows(job, rows);
      const progress = { failures, trouble, waitUntilMs: null };
      if (rows.length === 0) await store.move(id, ["running"], "done", { ...progress, trouble: null });
      else if (failures >= mostFailuresInARow)
        await store.move(id, ["running"], "paused", { ...progress, failures: 0 });
      else if (failures > 1 || pauseMs > 0) {
        const waitMs = Math.max(pauseMs, Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 2)));
        await store.move(id, ["running"], "running", {
          ...progress,
          waitUntilMs: now() + waitMs * clockSpeed(),
        });
        await wait(waitMs, waiting());
      } else if (failures !== job.failures) await store.move(id, ["running"], "running", progress);
    }
  }

  /**
   * An error of ours: logged, and the file says so. While not even that can be written, it is tried again.
   */
  async function giveUp(id: string, error: unknown): Promise<void> {
    log.error({ jobId: id, err: error }, "A file was paused by an error");
    const trouble: ImportTrouble = { code: "internal", platformCode: null, platformMessage: "" };
    while (!stopping.aborted)
      try {
        await store.move(id, ["running"], "paused", { failures: 0, trouble, waitUntilMs: null });
        return;
      } catch (err) {
        log.error({ jobId: id, err }, "A file could not be paused");
        await wait(longestWaitMs, stopping);
      }
  }

  return (id, waiting) =>
    whenDatabaseAnswers(id, () => work(id, waiting)).catch((error: unknown) => giveUp(id, error));
}

/**
 * Works through the rows of files. What there is to do stands in the database only, so a restart goes on where it
 * was. All files together have four rows under way at most, in turn.
 */
export function createJobRunner<J extends StoredJob, R extends Row>(
  options: JobRunnerOptions<J, R>,
): JobRunner {
  const { store, limitRate, now, clockSpeed, log, wait = waitFor } = options;
  const working = new Map<string, { done: Promise<void>; waiting: AbortController }>();
  const stopping = new AbortController();
  const runRows = createRunRows({
    store,
    tryRow: createTryRow(options),
    limitRate,
    stopping: stopping.signal,
  });
  const runFile = createFileRun({ store, runRows, now, clockSpeed, log, wait, stopping: stopping.signal });

  function start(id: string): void {
    const entry = { done: Promise.resolve(), waiting: new AbortController() };
    const waiting = () => {
      entry.waiting = new AbortController();
      return AbortSignal.any([entry.waiting.signal, stopping.signal]);
    };
    working.set(id, entry);
    entry.done = runFile(id, waiting).finally(() => {
      working.delete(id);
      // Somebody may have started it again at the moment it ended.
      wake();
    });
  }

  async function startDue(): Promise<void> {
    try {
      for (const id of await store.running()) if (!working.has(id) && !stopping.signal.aborted) start(id);
      for (const [id, { waiting }] of working)
        if ((await store.byId(id))?.waitUntilMs == null) waiting.abort();
    } catch (err) {
      log.error({ err }, "The files that are to run could not be read");
    }
  }

  let starting = Promise.resolve();
  function wake(): void {
    if (!stopping.signal.aborted) starting = starting.then(startDue);
  }

  return {
    wake,
    stop: async () => {
      stopping.abort();
      await starting;
      await Promise.all([...working.values()].map(({ done }) => done));
    },
  };
}
