import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { dayMs } from "#glucose/time.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../store/database.ts";
import type { AuditChain } from "./chain.ts";
import { newestRowMs, pruneAudit } from "./pruning.ts";

/**
 * What was pruned by a wrong clock does not come back: one further ahead of the trail's last row,
 * and of the time since, is not believed.
 */
const furthestAheadMs = 366 * dayMs;

export interface RetentionOptions extends Clock {
  database: Database;
  chain: AuditChain;
  keepDays: number;
  log: Logger;
  signal: AbortSignal;
}

/** Prunes the audit trail now and once a day, until `signal` aborts. */
export async function keepAudit(options: RetentionOptions): Promise<void> {
  const { database, chain, keepDays, now, steadyMs, log, signal } = options;
  const begunMs = steadyMs();
  let lastRowMs: number | null = null;
  while (!signal.aborted) {
    try {
      lastRowMs ??= (await newestRowMs(database)) ?? now();
      const aheadMs = now() - lastRowMs - (steadyMs() - begunMs);
      if (aheadMs > furthestAheadMs)
        throw new Error(
          `the clock is ${Math.round(aheadMs / dayMs)} days ahead of the trail's last row: if it is right, restart once somebody has signed in`,
        );
      const pruned = await pruneAudit(database, chain, now() - keepDays * dayMs, now());
      if (pruned)
        log.info({ rows: pruned.rows, throughSeq: pruned.throughSeq }, "the audit trail was pruned");
    } catch (error) {
      log.error({ err: error }, "the audit trail could not be pruned");
    }
    await wait(dayMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
