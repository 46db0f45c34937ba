import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, type LogEvent, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import type { TrailStart } from "./audit-migration.ts";
import { databaseTrouble } from "./database-trouble.ts";
import { migrationsFor } from "./migrations.ts";
import { openPool } from "./postgres-pool.ts";
import type { DatabaseKind, Tables } from "./schema.ts";
import { createSqliteDialect } from "./sqlite-dialect.ts";

export interface Database {
  db: Kysely<Tables>;
  kind: DatabaseKind;
  /** Whether a write failed because the disk is full; reset by the check that finds room again. */
  disk: { wasFull: boolean };
  /** PostgreSQL's schema that the tables lie in. */
  schema?: string;
  /** PostgreSQL's address, for those who need connections of their own. */
  url?: string;
}

interface Where {
  databaseUrl: string | null;
  dataDir: string;
  sandbox: boolean;
  /** How long a transaction on PostgreSQL may wait for its next query before it is ended. */
  longestPauseMs?: number;
  /** Told of every query. */
  log?: (event: LogEvent) => void;
}

/** The sandbox's invented people never share a file or a schema with real ones. */
const namespaceOf = (sandbox: boolean) => (sandbox ? "sandbox" : "trendline");

const bigintOid = 20;
/**
 * A server that stands still within a transaction, such as a paused machine, would
 * hold the trail's end from all others.
 */
const usualLongestPauseMs = 15_000;

/** Told of every query, it notices one that failed for want of room, and passes all on. */
function noticeFull(log?: (event: LogEvent) => void) {
  const disk = { wasFull: false };
  const notice = (event: LogEvent) => {
    if (event.level === "error" && databaseTrouble(event.error) === "full") disk.wasFull = true;
    log?.(event);
  };
  return { disk, log: notice };
}

async function openPostgres(
  url: string,
  { sandbox, longestPauseMs = usualLongestPauseMs }: Pick<Where, "sandbox" | "longestPauseMs">,
  { disk, log }: ReturnType<typeof noticeFull>,
): Promise<Database> {
  const schema = namespaceOf(sandbox);
  const pool = openPool({
    connectionString: url,
    options: `-c search_path=${schema} -c idle_in_transaction_session_timeout=${longestPauseMs}`,
    connectionTimeoutMillis: 5000,
    types: {
      // Our bigints are milliseconds and counts, well within what a number holds.
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === bigintOid
          ? Number
          : pg.types.getTypeParser(oid, format as "text")) as pg.CustomTypesConfig["getTypeParser"],
    },
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log });
  const database: Database = { db, kind: "postgres", disk, schema, url };
  // "If not exists" does not hold between two servers that start at the same moment.
  await oneAtATime(database, async () => {
    await sql`create schema if not exists ${sql.id(schema)}`.execute(db);
  });
  return database;
}

function openSqlite(file: string, { disk, log }: ReturnType<typeof noticeFull>): Database {
  const database = new DatabaseSync(file);
  // SQLite's own waiting is for the start only.
  database.exec("pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full;");
  database.exec("pragma busy_timeout = 0;");
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(database), log });
  return { db, kind: "sqlite", disk };
}

/** Opens PostgreSQL when a URL is given, else SQLite in `dataDir` (":memory:" keeps it in memory). */
export async function openDatabase(where: Where): Promise<Database> {
  const noticed = noticeFull(where.log);
  if (where.databaseUrl) return openPostgres(where.databaseUrl, where, noticed);
  if (where.dataDir === ":memory:") return openSqlite(":memory:", noticed);
  mkdirSync(where.dataDir, { recursive: true, mode: 0o700 });
  return openSqlite(sqliteFile(where.dataDir, where.sandbox), noticed);
}

export const sqliteFile = (dataDir: string, sandbox: boolean): string =>
  join(dataDir, `${namespaceOf(sandbox)}.db`);

const migrationLock = 7_327_611;

/** Runs `migrate` in one process at a time, however many replicas start on one PostgreSQL. */
export async function oneAtATime({ db, kind }: Database, migrate: () => Promise<void>): Promise<void> {
  if (kind === "sqlite") return migrate();
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${migrationLock})`.execute(connection);
    try {
      await migrate();
    } finally {
      await sql`select pg_advisory_unlock(${migrationLock})`.execute(connection);
    }
  });
}

/** Without `trail` it only tells which migrations there are. */
export const createMigrator = ({ db, kind, schema }: Database, trail: TrailStart | null): Migrator =>
  new Migrator({
    db,
    provider: { getMigrations: async () => migrationsFor(kind, trail) },
    // Without its schema's name the migrator would take another schema's tables for its own.
    migrationTableSchema: schema,
  });

/** Brings our own tables up to date. */
export async function migrateTables(database: Database, trail: TrailStart): Promise<void> {
  const { error } = await createMigrator(database, trail).migrateToLatest();
  if (error) throw error;
}
