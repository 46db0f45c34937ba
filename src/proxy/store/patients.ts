import { randomUUID } from "node:crypto";
import { type Insertable, type Selectable, sql } from "kysely";
import * as z from "zod";
import {
  type NewPatient,
  type Patient,
  type PatientChange,
  type TargetsSet,
  targetsSet as targetsSetSchema,
} from "#contract/patient.ts";
import {
  type PatientRanges,
  type PatientStatus,
  patientRanges,
  patientStatus,
  type RosterRow,
} from "#contract/roster.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";
import { endingLength, serialEnding } from "./serial-ending.ts";
import { fromChoice, toChoice } from "./target-text.ts";

export interface PatientStore {
  /** The record itself, also when it has become a part of another one. */
  byId(id: string): Promise<Patient | null>;
  /** Who has this ID; the record it is now a part of where it was merged. */
  byPartnerUid(partnerUid: string): Promise<Patient | null>;
  byOpenId(openId: string): Promise<Patient | null>;
  /** The records that have become a part of this one. */
  mergedInto(id: string): Promise<Patient[]>;
  /**
   * The IDs of patients who were seen to wear a sensor whose serial number begins so, or ends so when it is six digits or more;
   * fifty of each at most.
   */
  wearersOf(part: string): Promise<string[]>;
  /** Adds a patient unless the partner user ID is here already; answers with whoever has it then. Null when the open ID is somebody else's. */
  add(
    patient: NewPatient & { openId: string; tags?: readonly string[] },
    nowMs: number,
  ): Promise<{ patient: Patient; created: boolean } | null>;
  /** Whoever has this ID afterwards; not `changed` when a part is no longer what the change started `from`. */
  change(
    id: string,
    change: PatientChange,
    nowMs: number,
    targetsSet?: TargetsSet,
  ): Promise<{ patient: Patient | null; changed: boolean }>;
  /** Makes one record, and what was merged into it, a part of another; null takes it out again. */
  merge(id: string, into: string | null, nowMs: number): Promise<void>;
  /** Keeps what was found out, and when to look again. */
  keep(
    id: string,
    found: { status?: PatientStatus; ranges?: PatientRanges; checkDueMs?: number },
    nowMs: number,
  ): Promise<void>;
  rangesOf(id: string): Promise<PatientRanges | null>;
  /** What has changed after a moment and ID, in the order of both. */
  changedAfter(
    after: { changedAtMs: number; id: string },
    limit: number,
  ): Promise<{ row: RosterRow; changedAtMs: number }[]>;
  /** Whose turn it is to be looked at, taken by the caller alone until `untilMs`; null when it is nobody's yet. */
  takeNextToCheck(nowMs: number, untilMs: number): Promise<Patient | null>;
}

const mostWearers = 50;

const texts = z.array(z.string());
const listOf = (json: string): string[] => texts.parse(JSON.parse(json));

const toPatient = (row: Selectable<Tables["patient"]>): Patient => ({
  id: row.id,
  partnerUid: row.partner_uid,
  name: row.name,
  region: row.region,
  timeZone: row.time_zone,
  openId: row.open_id,
  targets: toChoice(row.targets),
  targetsSet: row.targets_set === null ? null : targetsSetSchema.parse(JSON.parse(row.targets_set)),
  tags: listOf(row.tags),
  careTeam: listOf(row.care_team),
  archivedAtMs: row.archived_at_ms,
  mergedInto: row.merged_into,
  createdAtMs: row.created_at_ms,
});

const toRosterRow = (row: Selectable<Tables["patient"]>): RosterRow => ({
  ...toPatient(row),
  status: row.status === null ? null : patientStatus.parse(JSON.parse(row.status)),
  // What an earlier version kept in another form is reckoned anew.
  ranges: row.ranges === null ? null : (patientRanges.safeParse(JSON.parse(row.ranges)).data ?? null),
});

export function createPatientStore({ db, kind }: Pick<Database, "db" | "kind">): PatientStore {
  const byteOrder = sql.raw(kind === "postgres" ? '"C"' : "binary");

  const by = async (column: "id" | "partner_uid" | "open_id", value: string) => {
    const row = await db.selectFrom("patient").selectAll().where(column, "=", value).executeTakeFirst();
    return row ? toPatient(row) : null;
  };
  const whoHas = async (column: "partner_uid" | "open_id", value: string) => {
    const found = await by(column, value);
    return found?.mergedInto ? by("id", found.mergedInto) : found;
  };

  const wearers = () =>
    db
      .selectFrom("sensor_owner")
      .innerJoin("patient", "patient.open_id", "sensor_owner.open_id")
      .select("patient.id")
      .limit(mostWearers);

  async function wearersByBeginning(beginning: string): Promise<{ id: string }[]> {
    const serial = sql<string>`serial collate ${byteOrder}`;
    return wearers()
      .where(serial, ">=", beginning)
      .where(serial, "<", `${beginning}\u{10ffff}`)
      .orderBy(serial)
      .execute();
  }

  async function wearersByEnding(ending: string): Promise<{ id: string }[]> {
    if (!/^\d+$/.test(ending) || ending.length < endingLength) return [];
    return wearers()
      .where(serialEnding(kind), "=", ending.slice(-endingLength))
      .where("serial", "like", `%${ending}`)
      .execute();
  }

  return {
    byId: (id) => by("id", id),
    byPartnerUid: (partnerUid) => whoHas("partner_uid", partnerUid),
    byOpenId: (openId) => whoHas("open_id", openId),
    mergedInto: async (id) => {
      const rows = await db
        .selectFrom("patient")
        .selectAll()
        .where("merged_into", "=", id)
        .orderBy("created_at_ms")
        .execute();
      return rows.map(toPatient);
    },
    wearersOf: async (part) => {
      const found = await Promise.all([wearersByBeginning(part), wearersByEnding(part)]);
      return found.flat().map(({ id }) => id);
    },
    add: async (patient, nowMs) => {
      const row: Insertable<Tables["patient"]> = {
        id: randomUUID(),
        partner_uid: patient.partnerUid,
        name: patient.name,
        region: patient.region,
        time_zone: patient.timeZone,
        targets: "most-adults",
        targets_set: null,
        open_id: patient.openId,
        tags: JSON.stringify(patient.tags ?? []),
        care_team: "[]",
        archived_at_ms: null,
        merged_into: null,
        status: null,
        ranges: null,
        check_due_ms: nowMs,
        created_at_ms: nowMs,
        changed_at_ms: nowMs,
      };
      await db
        .insertInto("patient")
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const stored = await whoHas("partner_uid", patient.partnerUid);
      return stored && { patient: stored, created: stored.id === row.id };
    },
    change: async (
      id,
      { name, timeZone, targets, tags, careTeam, archived, from = {} },
      nowMs,
      targetsSet,
    ) => {
      const expected = [
        ["name", from.name],
        ["time_zone", from.timeZone],
        ["targets", from.targets && fromChoice(from.targets)],
        ["tags", from.tags && JSON.stringify(from.tags)],
        ["care_team", from.careTeam && JSON.stringify(from.careTeam)],
      ] as const;
      const { numUpdatedRows } = await db
        .updateTable("patient")
        .set({
          name,
          time_zone: timeZone,
          targets: targets && fromChoice(targets),
          targets_set: targetsSet && JSON.stringify(targetsSet),
          tags: tags && JSON.stringify(tags),
          care_team: careTeam && JSON.stringify(careTeam),
          archived_at_ms: archived === undefined ? undefined : archived ? nowMs : null,
          changed_at_ms: nowMs,
        })
        .where("id", "=", id)
        .where((eb) =>
          eb.and(
            expected.flatMap(([column, value]) => (value === undefined ? [] : [eb(column, "=", value)])),
          ),
        )
        .executeTakeFirst();
      return { patient: await by("id", id), changed: numUpdatedRows > 0n };
    },
    merge: async (id, into, nowMs) => {
      await db
        .updateTable("patient")
        .set({ merged_into: into, changed_at_ms: nowMs })
        .where((eb) => (into ? eb.or([eb("id", "=", id), eb("merged_into", "=", id)]) : eb("id", "=", id)))
        .execute();
    },
    keep: async (id, { status, ranges, checkDueMs }, nowMs) => {
      await db
        .updateTable("patient")
        .set({
          status: status && JSON.stringify(status),
          ranges: ranges && JSON.stringify(ranges),
          check_due_ms: checkDueMs,
          changed_at_ms: nowMs,
        })
        .where("id", "=", id)
        .execute();
    },
    rangesOf: async (id) => {
      const row = await db.selectFrom("patient").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? toRosterRow(row).ranges : null;
    },
    changedAfter: async ({ changedAtMs, id }, limit) => {
      const rows = await db
        .selectFrom("patient")
        .selectAll()
        .where(sql<boolean>`(changed_at_ms, id) > (${changedAtMs}, ${id})`)
        .orderBy("changed_at_ms")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        row: toRosterRow(row),
        changedAtMs: row.changed_at_ms,
      }));
    },
    takeNextToCheck: async (nowMs, untilMs) => {
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
      // Due later than anybody can be: that was said before the clock was set back.
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
        // None: another server was quicker, and the next one is ours to try for.
        if (numUpdatedRows > 0n) return toPatient(row);
      }
    },
  };
}
