import type { Kysely } from "kysely";
import type { Patient } from "#contract/patient.ts";
import type { PatientStatus } from "#contract/roster.ts";
import type { Database } from "./database.ts";
import { type PatientFigures, sealFigures } from "./patient-figures.ts";
import { toPatient } from "./patient-records.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

export interface Check {
  status?: PatientStatus;
  figures?: PatientFigures;
  checkDueMs?: number;
}

export async function keepCheck(
  db: Kysely<Tables>,
  sealer: Sealer,
  id: string,
  { status, figures, checkDueMs }: Check,
): Promise<void> {
  await db
    .updateTable("patient")
    .set({
      status: status && JSON.stringify(status),
      figures: figures && sealFigures(sealer, figures),
      check_due_ms: checkDueMs,
    })
    .where("id", "=", id)
    .execute();
}

/** Those of `first` that are due, then those due longest first, each reserved until `untilMs` for who takes them; no two servers take the same. */
export async function takeDue(
  { db, kind }: Pick<Database, "db" | "kind">,
  nowMs: number,
  untilMs: number,
  most: number,
  first: readonly string[] = [],
): Promise<Patient[]> {
  const take = async (isDue: "<=" | ">", limitMs: number, most: number, among?: readonly string[]) => {
    let due = db
      .selectFrom("patient")
      .select("id")
      .where("archived_at_ms", "is", null)
      .where("merged_into", "is", null)
      .where("check_due_ms", isDue, limitMs)
      .orderBy("check_due_ms")
      .limit(most);
    if (among) due = due.where("id", "in", among);
    const rows = await db
      .updateTable("patient")
      .set({ check_due_ms: untilMs })
      .where("id", "in", kind === "postgres" ? due.forUpdate().skipLocked() : due)
      .returningAll()
      .execute();
    return rows.map(toPatient);
  };
  const urgent = first.length > 0 ? await take("<=", nowMs, most, first) : [];
  const rest = urgent.length < most ? await take("<=", nowMs, most - urgent.length) : [];
  const due = [...urgent, ...rest];
  // A check due later than this was set before the clock was set back.
  return due.length > 0 ? due : take(">", untilMs + (untilMs - nowMs), most);
}

/** How many patients are looked at in the background, and since when the one due longest is. */
export async function checksDue(
  db: Kysely<Tables>,
): Promise<{ patients: number; oldestDueMs: number | null }> {
  const { patients, oldest } = await db
    .selectFrom("patient")
    .select(({ fn }) => [
      fn.countAll<number | string>().as("patients"),
      // Who is to be looked at first of all stands at 0.
      fn.min("check_due_ms").filterWhere("check_due_ms", ">", 0).as("oldest"),
    ])
    .where("archived_at_ms", "is", null)
    .where("merged_into", "is", null)
    .executeTakeFirstOrThrow();
  return { patients: Number(patients), oldestDueMs: oldest === null ? null : Number(oldest) };
}
