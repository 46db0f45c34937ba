import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../store/database.ts";
import { databaseTrouble } from "../store/database-trouble.ts";
import { openOneJob } from "../store/one-job.ts";
import type { JobRunner } from "./run.ts";

export interface SharedRunner extends JobRunner {
  close(): Promise<void>;
}

interface SharedRunnerOptions {
  /** One for each kind of file. */
  createRunners: () => JobRunner[];
  isAnyRunning: () => Promise<boolean>;
  log: Logger;
}

const wakeEveryMs = 250;
const askAgainEveryMs = 60_000;

/**
 * Who runs the files. On SQLite this process does. On PostgreSQL it is a job on a queue: one
 * server at a time runs all files, so that their rate limits hold for all servers together, and
 * another one goes on when it stops or dies.
 */
export async function createSharedRunner(
  database: Database,
  { createRunners, isAnyRunning, log }: SharedRunnerOptions,
): Promise<SharedRunner> {
  const create = (): JobRunner => {
    const runners = createRunners();
    return {
      wake: () => {
        for (const runner of runners) runner.wake();
      },
      stop: async () => {
        await Promise.all(runners.map((runner) => runner.stop()));
      },
    };
  };
  if (database.kind === "sqlite") return { ...create(), close: async () => {} };

  /** While the database cannot be asked there may still be. */
  const mayAnyRun = async () => {
    try {
      return await isAnyRunning();
    } catch (err) {
      if (!databaseTrouble(err)) throw err;
      log.warn({ err }, "The files wait for the database");
      return true;
    }
  };

  const job = await openOneJob(database, "imports", log, async (signal) => {
    const runner = create();
    try {
      while (!signal.aborted && (await mayAnyRun())) {
        // Files may have been started, or their wait ended, on any server.
        runner.wake();
        await setTimeout(wakeEveryMs, undefined, { signal }).catch(() => {});
      }
    } finally {
      await runner.stop();
    }
  });

  const ask = async () => {
    if (await isAnyRunning()) await job.ask();
  };
  const wake = () => {
    ask().catch((err: unknown) => log.error({ err }, "The queue could not be asked to run a file"));
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
