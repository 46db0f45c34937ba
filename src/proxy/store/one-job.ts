import type { Logger } from "pino";
import type { Database } from "./database.ts";

/** Work that all servers of one database share and one of them does at a time. */
export interface OneJob {
  /** Somebody is to do it, or to look again once it is done. */
  ask(): Promise<void>;
  /** Does it no longer here; resolves when what was under way is through and another server may have it. */
  handOver(): Promise<void>;
  close(): Promise<void>;
}

const connections = 3;
/** A server that has not been heard of for so long has lost the job; pg-boss allows no less. */
const heartbeatSeconds = 10;
const heardOfEverySeconds = 3;
const lostIsNoticedEverySeconds = 2;
const pollSeconds = 1;
const longestSeconds = 23 * 3600;

/**
 * On a queue of pg-boss, in a schema of its own beside ours. `act` ends when there is nothing
 * left, or when its signal is aborted.
 */
export async function openOneJob(
  { schema, url }: Database,
  name: string,
  log: Logger,
  act: (signal: AbortSignal) => Promise<void>,
): Promise<OneJob> {
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    schema: `${schema}_queue`,
    application_name: "trendline-queue",
    superviseIntervalSeconds: lostIsNoticedEverySeconds,
    monitorIntervalSeconds: lostIsNoticedEverySeconds,
    // Nothing here is planned by the clock, follows on other jobs or is
    // big enough to need care of its indexes.
    schedule: false,
    flowIntervalSeconds: 3600,
    reindex: false,
    monitorVacuum: false,
  });
  boss.on("error", (err) => log.error({ err }, "the queue failed"));
  boss.on("warning", ({ message }) => log.warn({ reason: message }, "the queue warns"));
  await boss.start();
  // One job waits at most while one is done: what is asked for meanwhile is looked at afterwards.
  await boss.createQueue(name, {
    policy: "stately",
    heartbeatSeconds,
    expireInSeconds: longestSeconds,
    retryLimit: 1_000_000,
    retryDelay: 0,
    deleteAfterSeconds: 3600,
  });
  const stopping = new AbortController();
  const worker = await boss.work(
    name,
    { pollingIntervalSeconds: pollSeconds, heartbeatRefreshSeconds: heardOfEverySeconds },
    async ([job]) => {
      if (!job) return;
      const signal = AbortSignal.any([job.signal, stopping.signal]);
      await act(signal);
      // An unfinished job goes back to the queue at once, and the next server that asks has it.
      if (signal.aborted) throw new Error("handed over to another server");
    },
  );
  return {
    ask: async () => {
      await boss.send(name, {});
      boss.notifyWorker(worker);
    },
    handOver: async () => {
      stopping.abort();
      await boss.offWork(name, { wait: true });
    },
    close: () => boss.stop(),
  };
}
