import type { Kysely } from "kysely";
import type { Patient } from "#contract/patient.ts";
import type { PatientRanges, PatientStatus } from "#contract/roster.ts";
import { toPatient } from "./patient-records.ts";
import type { Tables } from "./schema.ts";

export async function keepCheck(
  db: Kysely<Tables>,
  id: string,
  { status, ranges, checkDueMs }: { status?: PatientStatus; ranges?: PatientRanges; checkDueMs?: number },
): Promise<void> {
  await db
    .updateTable("patient")
    .set({
      status: status && JSON.stringify(status),
      ranges: ranges && JSON.stringify(ranges),
      check_due_ms: checkDueMs,
    })
    .where("id", "=", id)
    .execute();
}

export async function takeNextToCheck(
  db: Kysely<Tables>,
  nowMs: number,
  untilMs: number,
): Promise<Patient | null> {
  const firstDue = (isDue: "<=" | ">", limitMs: number) =>
    db
      .selectFrom("patient")
      .selectAll()
      .where("archived_at_ms", "is", null)
      .where("merged_into", "is", null)
      .where("check_due_ms", isDue, limitMs)
      .orderBy("check_due_ms")
      .limit(1)
      .executeTakeFirst();
  // A check due later than this was set before the clock was set back.
  const neverMs = untilMs + (untilMs - nowMs);
  for (;;) {
    const row = (await firstDue("<=", nowMs)) ?? (await firstDue(">", neverMs));
    if (!row) return null;
    const { numUpdatedRows } = await db
      .updateTable("patient")
      .set({ check_due_ms: untilMs })
      .where("id", "=", row.id)
      .where("check_due_ms", "=", row.check_due_ms)
      .executeTakeFirstOrThrow();
    // No row was changed: another server took this patient.
    if (numUpdatedRows > 0n) return toPatient(row);
  }
}
