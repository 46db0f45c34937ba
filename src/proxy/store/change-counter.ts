import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";
import { lockUntilCommit } from "./transaction-lock.ts";

/**
 * Writers of patients hold one lock until they have committed, and who decides by what it has read takes it first. It
 * comes before any row's, for every writer alike, so that no two wait for each other.
 */
export async function lockPatients(trx: Kysely<Tables>, kind: Database["kind"]): Promise<void> {
  await lockUntilCommit(trx, kind, "patient");
}

async function onPostgres(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db);
  await run("create sequence patient_change");
  await run("update patient set change_seq = nextval('patient_change')");
  await run(`create function patient_in_turn() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended(tg_table_schema || ' patient', 0));
      return null;
    end $$`);
  await run(`create function patient_numbered() returns trigger language plpgsql
    set search_path from current as $$
    begin
      new.change_seq := nextval('patient_change');
      return new;
    end $$`);
  await run(`create trigger patient_in_turn before insert or update on patient
    for each statement execute function patient_in_turn()`);
  await run(`create trigger patient_numbered before insert or update on patient
    for each row execute function patient_numbered()`);
}

async function onSqlite(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db);
  const number = `begin
    update patient_change set seq = seq + 1;
    update patient set change_seq = (select seq from patient_change) where id = new.id;
  end`;
  await run("create table patient_change (seq integer not null)");
  await run("update patient set change_seq = rowid");
  await run("insert into patient_change select coalesce(max(change_seq), 0) from patient");
  await run(`create trigger patient_added after insert on patient ${number}`);
  await run(`create trigger patient_changed after update on patient
    when new.change_seq = old.change_seq ${number}`);
}

/**
 * Every change to a patient, whoever makes it, gets the database's next number, and numbers are committed in their order: who
 * has seen one has seen all before it. Servers' clocks, which differ and are set back, have no part in it.
 *
 * What the numbers replace, changed_at_ms, stays for servers of before that run on while they are being replaced.
 */
export const changeCounter = (kind: Database["kind"]): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await db.schema.dropIndex("patient_by_change").execute();
    await db.schema
      .alterTable("patient")
      .addColumn("change_seq", "bigint", (column) => column.notNull().defaultTo(0))
      .execute();
    await (kind === "postgres" ? onPostgres(db) : onSqlite(db));
    await db.schema.createIndex("patient_by_change_seq").on("patient").column("change_seq").execute();
  },
});
