import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { databaseTrouble } from "./database-trouble.ts";

export interface Pool {
  options: pg.PoolOptions;
  connect(): Promise<pg.PoolClient>;
  end(): Promise<void>;
}

/**
 * How long connecting is retried once PostgreSQL is away, for example during a
 * restart; after that it fails at once.
 */
const retryForMs = 5000;
const retryEveryMs = 50;
/** A connection that was cut silently is noticed ten seconds after this. */
const keepAliveInitialDelayMillis = 10_000;

/**
 * A connection's "error" event without a listener ends the process, and the pool listens
 * only while a connection is idle. Here every connection has a listener as long as it lives;
 * a query that fails is still rejected.
 */
export function openPool(config: pg.PoolConfig): Pool {
  const pool = new pg.Pool({ keepAlive: true, keepAliveInitialDelayMillis, ...config });
  const ignore = () => {};
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  let awaySinceMs: number | null = null;

  async function connect(): Promise<pg.PoolClient> {
    for (;;)
      try {
        const client = await pool.connect();
        awaySinceMs = null;
        return client;
      } catch (error) {
        if (databaseTrouble(error) !== "away") throw error;
        awaySinceMs ??= performance.now();
        if (performance.now() - awaySinceMs > retryForMs) throw error;
        await wait(retryEveryMs);
      }
  }

  return { options: pool.options, connect, end: () => pool.end() };
}
