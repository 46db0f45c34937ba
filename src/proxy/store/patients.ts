import { randomUUID } from "node:crypto";
import { type Kysely, type Selectable, sql } from "kysely";
import type { NewPatient, Patient, PatientChange, PatientList } from "#contract/patient.ts";
import type { Tables } from "./schema.ts";

export interface PatientStore {
  list(query: { q: string; limit: number; offset: number }): Promise<PatientList>;
  byId(id: string): Promise<Patient | null>;
  byPartnerUid(partnerUid: string): Promise<Patient | null>;
  byOpenId(openId: string): Promise<Patient | null>;
  /** Adds a patient unless the partner user ID is here already; answers with whoever has it then. */
  add(
    patient: NewPatient & { openId: string },
    nowMs: number,
  ): Promise<{ patient: Patient; created: boolean }>;
  /** Null when no patient has this ID. */
  change(id: string, change: PatientChange): Promise<Patient | null>;
}

/** What searches compare: lower case, without accents and width variants. */
const searchable = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();

const containing = (word: string): string => `%${word.replace(/[!%_]/g, "!$&")}%`;

const toPatient = (row: Selectable<Tables["patient"]>): Patient => ({
  id: row.id,
  partnerUid: row.partner_uid,
  name: row.name,
  region: row.region,
  timeZone: row.time_zone,
  openId: row.open_id,
  targets: row.targets,
  createdAtMs: row.created_at_ms,
});

export function createPatientStore(db: Kysely<Tables>): PatientStore {
  const by = async (column: "id" | "partner_uid" | "open_id", value: string) => {
    const row = await db.selectFrom("patient").selectAll().where(column, "=", value).executeTakeFirst();
    return row ? toPatient(row) : null;
  };

  return {
    byId: (id) => by("id", id),
    byPartnerUid: (partnerUid) => by("partner_uid", partnerUid),
    byOpenId: (openId) => by("open_id", openId),
    list: async ({ q, limit, offset }) => {
      const matching = searchable(q)
        .split(/\s+/)
        .filter(Boolean)
        .reduce(
          (query, word) => query.where(sql<boolean>`search_text like ${containing(word)} escape '!'`),
          db.selectFrom("patient"),
        );
      const rows = await matching
        .selectAll()
        .orderBy("name")
        .orderBy("id")
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await matching
        .select((eb) => eb.fn.countAll<number>().as("total"))
        .executeTakeFirstOrThrow();
      return { patients: rows.map(toPatient), total: Number(total) };
    },
    add: async (patient, nowMs) => {
      const row = {
        id: randomUUID(),
        partner_uid: patient.partnerUid,
        name: patient.name,
        region: patient.region,
        time_zone: patient.timeZone,
        targets: "most-adults" as const,
        open_id: patient.openId,
        search_text: searchable([patient.name, patient.partnerUid, patient.openId].join("\n")),
        created_at_ms: nowMs,
      };
      await db
        .insertInto("patient")
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const stored = (await by("partner_uid", patient.partnerUid)) ?? (await by("open_id", patient.openId));
      if (!stored) throw new Error("a patient that was just added is not there");
      return { patient: stored, created: stored.id === row.id };
    },
    change: async (id, { targets }) => {
      await db.updateTable("patient").set({ targets }).where("id", "=", id).execute();
      return by("id", id);
    },
  };
}
