import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../store/database.ts";
import type { AuditChain } from "./chain.ts";
import { pruneAudit } from "./pruning.ts";

const dayMs = 24 * 3_600_000;

export interface RetentionOptions {
  database: Database;
  chain: AuditChain;
  keepDays: number;
  now: () => number;
  log: Logger;
  signal: AbortSignal;
}

/** Prunes the audit trail now and once a day, until `signal` aborts. */
export async function keepAudit(options: RetentionOptions): Promise<void> {
  const { database, chain, keepDays, now, log, signal } = options;
  while (!signal.aborted) {
    try {
      const pruned = await pruneAudit(database, chain, now() - keepDays * dayMs, now());
      if (pruned)
        log.info({ rows: pruned.rows, throughSeq: pruned.throughSeq }, "the audit trail was pruned");
    } catch (error) {
      log.error({ err: error }, "the audit trail could not be pruned");
    }
    await wait(dayMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
