import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import type { DatabaseKind, Tables } from "./schema.ts";
import { lockUntilCommit } from "./transaction-lock.ts";

/**
 * A transaction that writes patients holds this lock until it commits; one that decides by what it reads
 * takes it before reading. It is always taken before any row lock, so that no two transactions deadlock.
 */
export async function lockPatients(trx: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
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
 * Every change to a patient gets the next number of one sequence in the database, and the numbers are
 * committed in order: a reader that has seen one has seen all before it. Servers' clocks would not
 * do: they differ and can be set back.
 *
 * The column that it replaces, changed_at_ms, stays for servers of the previous
 * version that still run during an update.
 */
export const changeCounter = (kind: DatabaseKind): Migration => ({
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
