import type { Kysely } from "kysely";
import type { Patient } from "#contract/patient.ts";
import type { PatientRanges, RosterRow } from "#contract/roster.ts";
import { toPatient, toRosterRow } from "./patient-records.ts";
import type { Tables } from "./schema.ts";

export async function patientBy(
  db: Kysely<Tables>,
  column: "id" | "partner_uid" | "open_id",
  value: string,
): Promise<Patient | null> {
  const row = await db.selectFrom("patient").selectAll().where(column, "=", value).executeTakeFirst();
  return row ? toPatient(row) : null;
}

/** The record that this one was merged into, where it was. */
export async function wholePatientBy(
  db: Kysely<Tables>,
  column: "partner_uid" | "open_id",
  value: string,
): Promise<Patient | null> {
  const found = await patientBy(db, column, value);
  return found?.mergedInto ? patientBy(db, "id", found.mergedInto) : found;
}

export async function patientsMergedInto(db: Kysely<Tables>, id: string): Promise<Patient[]> {
  const rows = await db
    .selectFrom("patient")
    .selectAll()
    .where("merged_into", "=", id)
    .orderBy("created_at_ms")
    .execute();
  return rows.map(toPatient);
}

export async function rangesOf(db: Kysely<Tables>, id: string): Promise<PatientRanges | null> {
  const row = await db.selectFrom("patient").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? toRosterRow(row).ranges : null;
}

export async function changedAfter(
  db: Kysely<Tables>,
  seq: number,
  limit: number,
): Promise<{ row: RosterRow; seq: number }[]> {
  const rows = await db
    .selectFrom("patient")
    .selectAll()
    .where("change_seq", ">", seq)
    .orderBy("change_seq")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ row: toRosterRow(row), seq: row.change_seq }));
}
