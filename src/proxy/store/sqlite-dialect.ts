import type { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { NodeSqliteDialect } from "@better-auth/kysely-adapter/node-sqlite-dialect";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
} from "kysely";
import { databaseTrouble } from "./database-trouble.ts";
import { refuseNul } from "./storable.ts";

/** How long a query waits for another program, such as a backup tool, to release the file. */
const longestWaitMs = 10_000;
const triesEveryMs = 20;

type Values = Parameters<ReturnType<DatabaseSync["prepare"]>["all"]>;

function run<Row>(database: DatabaseSync, { sql, parameters }: CompiledQuery): QueryResult<Row> {
  refuseNul(parameters);
  const statement = database.prepare(sql);
  const values = parameters as Values;
  if (statement.columns().length > 0) return { rows: statement.all(...values) as Row[] };
  const { changes, lastInsertRowid } = statement.run(...values);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}

/**
 * One file, one handle. SQLite's own waiting for a lock would hold up the whole process, so a statement that
 * finds the file locked is tried again in between others' work. A transaction takes the lock as it begins, so
 * that what it decides by what it has read is still so when it writes.
 */
function createDriver(database: DatabaseSync): Driver {
  /** Whose transaction is open: no other's statement may become a part of it. */
  let holder: DatabaseConnection | null = null;
  let freed = Promise.withResolvers<void>();
  const free = () => {
    holder = null;
    freed.resolve();
    freed = Promise.withResolvers();
  };

  async function inTurn<T>(own: DatabaseConnection, act: () => T): Promise<T> {
    const startMs = performance.now();
    for (;;) {
      while (holder !== null && holder !== own) await freed.promise;
      try {
        return act();
      } catch (error) {
        if (databaseTrouble(error) !== "busy" || performance.now() - startMs > longestWaitMs) throw error;
      }
      await wait(triesEveryMs);
    }
  }

  /** What could not be committed is undone; a full disk has SQLite undo it by itself. */
  const undo = () => {
    try {
      if (database.isTransaction) database.exec("rollback");
    } finally {
      free();
    }
  };

  return {
    init: async () => {},
    acquireConnection: async () => {
      const own: DatabaseConnection = {
        executeQuery: <Row>(query: CompiledQuery) => inTurn(own, () => run<Row>(database, query)),
        streamQuery: () => {
          throw new Error("rows are not streamed here");
        },
      };
      return own;
    },
    beginTransaction: (own) =>
      inTurn(own, () => {
        database.exec("begin immediate");
        holder = own;
      }),
    commitTransaction: async (own) => {
      // As a query, so that the query log has its failure.
      await own.executeQuery(CompiledQuery.raw("commit"));
      free();
    },
    rollbackTransaction: async () => undo(),
    releaseConnection: async () => {},
    destroy: async () => database.close(),
  };
}

class Adapter extends SqliteAdapter {
  /** So that a migration that a full disk or a crash broke off has not happened. */
  override get supportsTransactionalDdl() {
    return true;
  }
  /** The driver gives turns; Kysely's own lock would have everybody wait for one who waits for the file. */
  override get supportsMultipleConnections() {
    return true;
  }
}

/** Node's own SQLite, with a driver that never waits for a lock in the way of everybody else. */
export function createSqliteDialect(database: DatabaseSync): Dialect {
  const usual = new NodeSqliteDialect({ database });
  return {
    createDriver: () => createDriver(database),
    createQueryCompiler: () => usual.createQueryCompiler(),
    createAdapter: () => new Adapter(),
    createIntrospector: (db) => usual.createIntrospector(db),
  };
}
