import { sql } from "kysely";
import { createMigrator, type Database } from "./database.ts";
import type { Sealer } from "./seal.ts";

export interface Inspection {
  /** Migrations that the next start will run. */
  pending: number;
  /** A newer program has been here: it has migrations that this one does not know. */
  unknown: number;
  /** Of a sample of the platform's tokens: how many our secrets open. */
  tokens: Sample;
  /** The same of the notes about patients. */
  notes: Sample;
}

interface Sample {
  sampled: number;
  open: number;
}

const sampleSize = 100;

const sampleOf = (rows: readonly { sealed: string }[], sealer: Sealer): Sample => ({
  sampled: rows.length,
  open: rows.filter(({ sealed }) => sealer.open(sealed) !== null).length,
});

class Undone extends Error {}

/**
 * Looks a database over; rejects as the database does where it cannot be
 * written. The table it makes is gone again.
 */
export async function inspectDatabase(
  database: Database,
  sealers: { tokens: Sealer; notes: Sealer },
): Promise<Inspection> {
  const { db } = database;
  const undone = db.transaction().execute(async (trx) => {
    await sql`create table trendline_doctor (x integer)`.execute(trx);
    throw new Undone();
  });
  await undone.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  const known = await createMigrator(database, null).getMigrations();
  const pending = known.filter(({ executedAt }) => !executedAt).length;
  const none = { sampled: 0, open: 0 };
  if (pending === known.length) return { pending, unknown: 0, tokens: none, notes: none };
  const ran = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const unknown = ran.rows.filter(({ name }) => !known.some((one) => one.name === name)).length;
  const tokens = await db
    .selectFrom("platform_token")
    .select("sealed_token as sealed")
    .limit(sampleSize)
    .execute();
  const hasNotes = known.some(({ name, executedAt }) => name === "0019-worklist-acts" && executedAt);
  const notes = hasNotes
    ? await db.selectFrom("patient_note").select("sealed_text as sealed").limit(sampleSize).execute()
    : [];
  return {
    pending,
    unknown,
    tokens: sampleOf(tokens, sealers.tokens),
    notes: sampleOf(notes, sealers.notes),
  };
}
