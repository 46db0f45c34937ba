import { setTimeout } from "node:timers/promises";
import type { Database } from "../store/database.ts";
import { databaseTrouble } from "../store/database-trouble.ts";
import { openOneJob } from "../store/one-job.ts";
import { createImportRunner, type ImportRunner, type ImportRunnerOptions } from "./run.ts";

export interface SharedImportRunner extends ImportRunner {
  close(): Promise<void>;
}

const wakeEveryMs = 250;
const askAgainEveryMs = 60_000;

/**
 * Who runs the files. On SQLite this process does. On PostgreSQL it is a job on a queue: one
 * server at a time runs all files, so that their rate limits hold for all servers together, and
 * another one goes on when it stops or dies.
 */
export async function createSharedImportRunner(
  database: Database,
  options: ImportRunnerOptions,
): Promise<SharedImportRunner> {
  if (database.kind === "sqlite") return { ...createImportRunner(options), close: async () => {} };
  const { store, log } = options;

  /** While the database cannot be asked there may still be. */
  const isAnyRunning = async () => {
    try {
      return (await store.running()).length > 0;
    } catch (err) {
      if (!databaseTrouble(err)) throw err;
      log.warn({ err }, "The imports wait for the database");
      return true;
    }
  };

  const job = await openOneJob(database, "imports", log, async (signal) => {
    const runner = createImportRunner(options);
    try {
      while (!signal.aborted && (await isAnyRunning())) {
        // Files may have been started, or their wait ended, on any server.
        runner.wake();
        await setTimeout(wakeEveryMs, undefined, { signal }).catch(() => {});
      }
    } finally {
      await runner.stop();
    }
  });

  const ask = async () => {
    if ((await store.running()).length > 0) await job.ask();
  };
  const wake = () => {
    ask().catch((err: unknown) => log.error({ err }, "The queue could not be asked to run an import"));
  };
  // A server may die between the start of a file and the word to the queue.
  const again = setInterval(wake, askAgainEveryMs).unref();
  return {
    wake,
    stop: () => job.handOver(),
    close: () => {
      clearInterval(again);
      return job.close();
    },
  };
}
