import { type Kysely, sql } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** Until the transaction ends, everybody else who takes the turn of this name waits. On SQLite a transaction has the file to itself. */
export async function takeTurn(trx: Kysely<Tables>, kind: Database["kind"], of: string): Promise<void> {
  if (kind === "postgres")
    await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ${` ${of}`}, 0))`.execute(
      trx,
    );
}
