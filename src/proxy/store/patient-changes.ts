import { randomUUID } from "node:crypto";
import type { Insertable, Kysely } from "kysely";
import type { Patient, RecordFields, TargetsSet } from "#contract/patient.ts";
import type { NewPatient, PatientChange } from "#contract/patient-change.ts";
import { lockPatients } from "./change-counter.ts";
import type { Database } from "./database.ts";
import { revokeLinksOf } from "./health-links.ts";
import { withParts } from "./patient-merges.ts";
import { patientBy, wholePatientBy } from "./patient-reads.ts";
import type { Tables } from "./schema.ts";
import { moveWearer } from "./sensors.ts";
import { stopOrders } from "./standing-orders.ts";
import { cancelSubmissionsOf } from "./submissions.ts";
import { fromChoice } from "./target-text.ts";

export async function addPatient(
  db: Kysely<Tables>,
  patient: NewPatient & { openId: string; tags?: readonly string[] },
  nowMs: number,
): Promise<{ patient: Patient; created: boolean } | null> {
  const row: Insertable<Tables["patient"]> = {
    id: randomUUID(),
    partner_uid: patient.partnerUid,
    name: patient.name,
    date_of_birth: patient.dateOfBirth ?? null,
    hospital_number: patient.hospitalNumber ?? null,
    diabetes_type: patient.diabetesType ?? null,
    therapy: patient.therapy ?? null,
    phone: patient.phone ?? null,
    region: patient.region,
    time_zone: patient.timeZone,
    targets: "most-adults",
    targets_set: null,
    open_id: patient.openId,
    tags: JSON.stringify(patient.tags ?? []),
    care_team: "[]",
    archived_at_ms: null,
    merged_into: null,
    merged_directly_into: null,
    status: null,
    figures: null,
    marks: null,
    check_due_ms: nowMs,
    created_at_ms: nowMs,
  };
  await db
    .insertInto("patient")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const stored = await wholePatientBy(db, "partner_uid", patient.partnerUid);
  return stored && { patient: stored, created: stored.id === row.id };
}

/** A part is not in the list; and no part is hidden that the colleague who archives has not seen. */
async function canArchive(trx: Kysely<Tables>, id: string, parts: readonly string[]): Promise<boolean> {
  const now = await trx
    .selectFrom("patient")
    .select(["id", "merged_into"])
    .where("id", "in", withParts(trx, id))
    .execute();
  const known = [id, ...parts];
  return now.every((one) => known.includes(one.id) && (one.id !== id || one.merged_into === null));
}

/**
 * The columns that the fields of a record are kept in, with their values;
 * undefined for one that is not given.
 */
const columnsOf = ({ name, timeZone, targets, tags, careTeam, ...known }: Partial<RecordFields>) =>
  Object.values({
    name: ["name", name],
    dateOfBirth: ["date_of_birth", known.dateOfBirth],
    hospitalNumber: ["hospital_number", known.hospitalNumber],
    diabetesType: ["diabetes_type", known.diabetesType],
    therapy: ["therapy", known.therapy],
    phone: ["phone", known.phone],
    timeZone: ["time_zone", timeZone],
    targets: ["targets", targets && fromChoice(targets)],
    tags: ["tags", tags && JSON.stringify(tags)],
    careTeam: ["care_team", careTeam && JSON.stringify(careTeam)],
  } as const satisfies Record<keyof RecordFields, readonly [keyof Tables["patient"], unknown]>);

export async function changePatient(
  { db, kind }: Pick<Database, "db" | "kind">,
  id: string,
  { archived, from = {}, ...fields }: PatientChange,
  nowMs: number,
  targetsSet?: TargetsSet,
): Promise<{ patient: Patient | null; changed: boolean }> {
  const expected = [...columnsOf(from), ...columnsOf({ targets: targetsSet?.before })];
  const changed = await db.transaction().execute(async (trx) => {
    await lockPatients(trx, kind);
    if (archived && !(await canArchive(trx, id, from.merged ?? []))) return false;
    const { numUpdatedRows } = await trx
      .updateTable("patient")
      .set({
        ...Object.fromEntries(columnsOf(fields)),
        targets_set: targetsSet && JSON.stringify(targetsSet),
        archived_at_ms: archived === undefined ? undefined : archived ? nowMs : null,
        // Of who is archived nothing is kept that was derived from glucose; who comes back is read anew.
        ...(archived && { figures: null }),
      })
      .where("id", "=", id)
      .where((eb) =>
        eb.and(
          expected.flatMap(([column, value]) =>
            value === undefined ? [] : [eb(column, "is not distinct from", value)],
          ),
        ),
      )
      .executeTakeFirst();
    if (archived && numUpdatedRows > 0n) {
      await trx.deleteFrom("glucose_days").where("patient_id", "=", id).execute();
      await revokeLinksOf(trx, id, nowMs);
      await stopOrders(trx, { patient_id: id }, null, nowMs);
      await cancelSubmissionsOf(trx, id);
    }
    if (archived !== undefined && numUpdatedRows > 0n) await moveWearer(trx, id, archived);
    return numUpdatedRows > 0n;
  });
  return { patient: await patientBy(db, "id", id), changed };
}
