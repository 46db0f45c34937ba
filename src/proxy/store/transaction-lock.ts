import { type Kysely, sql } from "kysely";
import type { DatabaseKind, Tables } from "./schema.ts";

/**
 * Until the transaction ends, everybody else who locks this name waits. On SQLite
 * a transaction has the file to itself.
 */
export async function lockUntilCommit(trx: Kysely<Tables>, kind: DatabaseKind, name: string): Promise<void> {
  if (kind === "postgres")
    await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ${` ${name}`}, 0))`.execute(
      trx,
    );
}
