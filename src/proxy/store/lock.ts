import { Failure } from "../failure.ts";
import { createLocalLock, type WithLock } from "../lock.ts";
import type { Database } from "./database.ts";
import { openPool } from "./postgres-pool.ts";

const mostAtOnce = 8;
const longestWaitMs = 30_000;
/** A server that stands still, or was cut off, loses what it held after this; longer than any call to the platform takes. */
const longestHoldMs = 90_000;
const lockNotAvailable = "55P03";

/**
 * By advisory locks of PostgreSQL, which the database takes from a killed process at once. Their connections are a pool of their own:
 * whoever waits for a lock must not keep its holder from the database.
 */
export function createLock({ kind, schema, url }: Database): {
  withLock: WithLock;
  close(): Promise<void>;
} {
  if (kind === "sqlite") return { withLock: createLocalLock(), close: async () => {} };
  const pool = openPool({
    connectionString: url,
    max: mostAtOnce,
    connectionTimeoutMillis: longestWaitMs,
    options: `-c lock_timeout=${longestWaitMs} -c idle_session_timeout=${longestHoldMs}`,
  });
  const key = "hashtextextended($1, 0)";
  const inThisProcess = createLocalLock();

  const withConnection: WithLock = async (name, act) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    const breaks = (error: Error) => {
      broken = error;
    };
    client.on("error", breaks);
    const ask = (statement: string) => client.query(statement, [`${schema} ${name}`]);
    try {
      await ask(`select pg_advisory_lock(${key})`).catch((error: { code?: string }) => {
        if (error.code !== lockNotAvailable) throw error;
        const detail =
          "Another of our servers is asking the platform for the same and has not come to an end.";
        throw new Failure("platform-timeout", { detail, cause: error });
      });
      const result = await act();
      return result;
    } finally {
      // A connection that broke has given its lock back, and so has one that is closed because giving it back failed.
      if (!broken) await ask(`select pg_advisory_unlock(${key})`).catch(breaks);
      client.off("error", breaks);
      client.release(broken);
    }
  };
  let ended: Promise<void> | null = null;
  return {
    // Of those who wait here for one lock, one waits at the database: all of its connections would else be theirs.
    withLock: (name, act) => inThisProcess(name, () => withConnection(name, act)),
    close: () => {
      ended ??= pool.end();
      return ended;
    },
  };
}
