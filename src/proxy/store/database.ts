import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { NodeSqliteDialect } from "@better-auth/kysely-adapter/node-sqlite-dialect";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import type { AuditChain } from "./audit-chain.ts";
import { migrationsFor } from "./migrations.ts";
import type { Tables } from "./schema.ts";

export interface Database {
  db: Kysely<Tables>;
  kind: "sqlite" | "postgres";
  /** The file itself, for what must happen without giving way; with PostgreSQL there is none. */
  sqlite?: DatabaseSync;
  /** PostgreSQL's schema that the tables lie in. */
  schema?: string;
}

/** The sandbox's invented people never share a file or a schema with real ones. */
const namespaceOf = (sandbox: boolean) => (sandbox ? "sandbox" : "trendline");

const bigintOid = 20;

async function openPostgres(url: string, sandbox: boolean): Promise<Database> {
  const schema = namespaceOf(sandbox);
  const pool = new pg.Pool({
    connectionString: url,
    options: `-c search_path=${schema}`,
    connectionTimeoutMillis: 5000,
    types: {
      // Our bigints are milliseconds and counts, well within what a number holds.
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === bigintOid
          ? Number
          : pg.types.getTypeParser(oid, format as "text")) as pg.CustomTypesConfig["getTypeParser"],
    },
  });
  // A connection that breaks while idle is dropped by the pool; the next query opens another one or fails aloud.
  pool.on("error", () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db);
  return { db, kind: "postgres", schema };
}

function openSqlite(file: string): Database {
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;");
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect({ database }) });
  return { db, kind: "sqlite", sqlite: database };
}

/** Opens PostgreSQL when a URL is given, else SQLite in `dataDir` (":memory:" keeps it in memory). */
export async function openDatabase(where: {
  databaseUrl: string | null;
  dataDir: string;
  sandbox: boolean;
}): Promise<Database> {
  if (where.databaseUrl) return openPostgres(where.databaseUrl, where.sandbox);
  if (where.dataDir === ":memory:") return openSqlite(":memory:");
  mkdirSync(where.dataDir, { recursive: true, mode: 0o700 });
  return openSqlite(sqliteFile(where.dataDir, where.sandbox));
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

/** Brings our own tables up to date; `trail` begins the audit trail's chain where there is none yet. */
export async function migrateTables(
  { db, kind, schema }: Database,
  trail: { chain: AuditChain; nowMs: number },
): Promise<void> {
  // Without its schema's name the migrator would take another schema's tables for its own.
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrationsFor(kind, trail) },
    migrationTableSchema: schema,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
