import { Failure } from "../failure.ts";
import { createLocalLock, type WithLock } from "../lock.ts";
import type { Database } from "./database.ts";
import { openPool } from "./postgres-pool.ts";

const mostAtOnce = 8;
const longestWaitMs = 30_000;
/**
 * A server that hangs or is cut off loses its lock after this time, which is longer
 * than any call to the platform takes.
 */
const longestHoldMs = 90_000;
const lockNotAvailable = "55P03";

/**
 * Advisory locks of PostgreSQL, which the database releases at once when a process is killed.
 * They have a connection pool of their own, so that those who wait for a lock do not use up
 * the connections that its holder needs.
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
      // A broken connection has released its lock; one on which unlocking
      // fails is closed, which releases it too.
      if (!broken) await ask(`select pg_advisory_unlock(${key})`).catch(breaks);
      client.off("error", breaks);
      client.release(broken);
    }
  };
  let ended: Promise<void> | null = null;
  return {
    // Of this process, one caller at a time waits for a lock in the database; otherwise
    // the waiters could take the whole pool.
    withLock: (name, act) => inThisProcess(name, () => withConnection(name, act)),
    close: () => {
      ended ??= pool.end();
      return ended;
    },
  };
}
