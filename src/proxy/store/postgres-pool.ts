import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { databaseTrouble } from "./database-trouble.ts";

export interface Pool {
  options: pg.PoolOptions;
  connect(): Promise<pg.PoolClient>;
  end(): Promise<void>;
}

/** For so long after PostgreSQL went away, as a restart makes it, callers wait for it; later ones fail at once. */
const patienceMs = 5000;
const triesEveryMs = 50;
/** A line that was cut without a word is noticed after this and ten seconds more. */
const keepAliveInitialDelayMillis = 10_000;

/**
 * An emitter whose "error" nobody hears ends the process, and a connection is one: the pool hears those that lie idle, and
 * here each is heard for as long as it lives, whoever has borrowed it. What it was asked for fails aloud all the same.
 */
export function openPool(config: pg.PoolConfig): Pool {
  const pool = new pg.Pool({ keepAlive: true, keepAliveInitialDelayMillis, ...config });
  const isHeard = () => {};
  pool.on("error", isHeard);
  pool.on("connect", (client) => client.on("error", isHeard));
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
        if (performance.now() - awaySinceMs > patienceMs) throw error;
        await wait(triesEveryMs);
      }
  }

  return { options: pool.options, connect, end: () => pool.end() };
}
