import DataLoader from "dataloader";
import type { Kysely } from "kysely";
import type { Patient } from "#contract/patient.ts";
import type { RosterRow } from "#contract/roster.ts";
import type { GlucoseFigures } from "#glucose/figures.ts";
import { openFigures, type PatientFigures } from "./patient-figures.ts";
import { toPatient, toRosterRow } from "./patient-records.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

export async function patientBy(
  db: Kysely<Tables>,
  column: "id" | "partner_uid" | "open_id",
  value: string,
): Promise<Patient | null> {
  const row = await db.selectFrom("patient").selectAll().where(column, "=", value).executeTakeFirst();
  return row ? toPatient(row) : null;
}

export async function statusOf(
  db: Kysely<Tables>,
  id: string,
): Promise<(Patient & Pick<RosterRow, "status">) | null> {
  const row = await db.selectFrom("patient").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? toRosterRow(row, null) : null;
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

/** Who has one of these numbers, archived or not, by the record that theirs became a part of. */
export async function patientsWith(
  db: Kysely<Tables>,
  hospitalNumbers: readonly string[],
  partnerUids: readonly string[],
): Promise<Patient[]> {
  const found = await db
    .selectFrom("patient")
    .select(["id", "merged_into"])
    .where((eb) =>
      eb.or([
        eb("hospital_number", "in", ["", ...hospitalNumbers]),
        eb("partner_uid", "in", ["", ...partnerUids]),
      ]),
    )
    .execute();
  const ids = [...new Set(found.map(({ id, merged_into }) => merged_into ?? id))];
  const rows = await db
    .selectFrom("patient")
    .selectAll()
    .where("id", "in", ["", ...ids])
    .orderBy("created_at_ms")
    .orderBy("id")
    .execute();
  return rows.map(toPatient);
}

/** The records that have become a part of this one; of many who are asked for at one moment by one query. */
export function createMergedInto(db: Kysely<Tables>): (id: string) => Promise<Patient[]> {
  const parts = new DataLoader(
    async (ids: readonly string[]) => {
      const rows = await db
        .selectFrom("patient")
        .selectAll()
        .where("merged_into", "in", ids)
        .orderBy("created_at_ms")
        .execute();
      const patients = Map.groupBy(rows.map(toPatient), ({ mergedInto }) => mergedInto);
      return ids.map((id) => patients.get(id) ?? []);
    },
    { cache: false },
  );
  return (id) => parts.load(id);
}

/** Those that are kept, by patient; of all who are asked for at one moment by one query. */
export function createFiguresOf(
  db: Kysely<Tables>,
  sealer: Sealer,
): (ids: readonly string[]) => Promise<ReadonlyMap<string, PatientFigures>> {
  const sealed = new DataLoader(
    async (ids: readonly string[]) => {
      const rows = await db.selectFrom("patient").select(["id", "figures"]).where("id", "in", ids).execute();
      const byId = new Map(rows.map(({ id, figures }) => [id, figures]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { cache: false },
  );
  return async (ids) => {
    const found = await Promise.all(
      ids.map(async (id) => [id, openFigures(sealer, await sealed.load(id))] as const),
    );
    return new Map(found.flatMap(([id, opened]) => (opened ? [[id, opened]] : [])));
  };
}

export interface ChangedRow {
  readonly row: RosterRow;
  readonly figures: GlucoseFigures | null;
  readonly aroseMs: PatientFigures["aroseMs"];
  readonly seq: number;
}

export async function changedAfter(
  db: Kysely<Tables>,
  sealer: Sealer,
  seq: number,
  limit: number,
): Promise<ChangedRow[]> {
  const rows = await db
    .selectFrom("patient")
    .selectAll()
    .where("change_seq", ">", seq)
    .orderBy("change_seq")
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const kept = openFigures(sealer, row.figures);
    return {
      row: toRosterRow(row, kept),
      figures: kept?.figures ?? null,
      aroseMs: kept?.aroseMs ?? {},
      seq: row.change_seq,
    };
  });
}
