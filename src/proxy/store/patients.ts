import { randomUUID } from "node:crypto";
import { type Insertable, type Kysely, sql } from "kysely";
import type { NewPatient, Patient, PatientChange, TargetsSet } from "#contract/patient.ts";
import type { PatientRanges, PatientStatus, RosterRow } from "#contract/roster.ts";
import { lockPatients } from "./change-counter.ts";
import type { Database } from "./database.ts";
import { type Merged, mergePatient, withParts } from "./patient-merges.ts";
import { toPatient, toRosterRow } from "./patient-records.ts";
import type { Tables } from "./schema.ts";
import { endingLength, serialEnding } from "./serial-ending.ts";
import { fromChoice } from "./target-text.ts";

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
  /**
   * Whoever has this ID afterwards; not `changed` when a part is no longer what the change started `from`, or the targets no
   * longer those that `targetsSet` names as the ones before, or when it is to be archived and is a part of another record or has
   * parts that `from` does not name.
   */
  change(
    id: string,
    change: PatientChange,
    nowMs: number,
    targetsSet?: TargetsSet,
  ): Promise<{ patient: Patient | null; changed: boolean }>;
  /** Makes one record, and what was merged into it, a part of another; null takes it out again. */
  merge(id: string, into: string | null): Promise<Merged>;
  /** Keeps what was found out, and when to look again. */
  keep(
    id: string,
    found: { status?: PatientStatus; ranges?: PatientRanges; checkDueMs?: number },
  ): Promise<void>;
  rangesOf(id: string): Promise<PatientRanges | null>;
  /** What has changed after the change of this number, in the order of the changes. */
  changedAfter(seq: number, limit: number): Promise<{ row: RosterRow; seq: number }[]>;
  /** Whose turn it is to be looked at, taken by the caller alone until `untilMs`; null when it is nobody's yet. */
  takeNextToCheck(nowMs: number, untilMs: number): Promise<Patient | null>;
}

const mostWearers = 50;

/** A part is not in the list, and so could not be found again there; and nobody is hidden whom the one who archives does not know of. */
async function canArchive(trx: Kysely<Tables>, id: string, parts: readonly string[]): Promise<boolean> {
  const now = await trx
    .selectFrom("patient")
    .select(["id", "merged_into"])
    .where("id", "in", withParts(trx, id))
    .execute();
  const known = [id, ...parts];
  return now.every((one) => known.includes(one.id) && (one.id !== id || one.merged_into === null));
}

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
        merged_directly_into: null,
        status: null,
        ranges: null,
        check_due_ms: nowMs,
        created_at_ms: nowMs,
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
        ["targets", targetsSet && fromChoice(targetsSet.before)],
        ["tags", from.tags && JSON.stringify(from.tags)],
        ["care_team", from.careTeam && JSON.stringify(from.careTeam)],
      ] as const;
      const changed = await db.transaction().execute(async (trx) => {
        await lockPatients(trx, kind);
        if (archived && !(await canArchive(trx, id, from.merged ?? []))) return false;
        const { numUpdatedRows } = await trx
          .updateTable("patient")
          .set({
            name,
            time_zone: timeZone,
            targets: targets && fromChoice(targets),
            targets_set: targetsSet && JSON.stringify(targetsSet),
            tags: tags && JSON.stringify(tags),
            care_team: careTeam && JSON.stringify(careTeam),
            archived_at_ms: archived === undefined ? undefined : archived ? nowMs : null,
          })
          .where("id", "=", id)
          .where((eb) =>
            eb.and(
              expected.flatMap(([column, value]) => (value === undefined ? [] : [eb(column, "=", value)])),
            ),
          )
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      });
      return { patient: await by("id", id), changed };
    },
    merge: (id, into) => mergePatient({ db, kind }, id, into),
    keep: async (id, { status, ranges, checkDueMs }) => {
      await db
        .updateTable("patient")
        .set({
          status: status && JSON.stringify(status),
          ranges: ranges && JSON.stringify(ranges),
          check_due_ms: checkDueMs,
        })
        .where("id", "=", id)
        .execute();
    },
    rangesOf: async (id) => {
      const row = await db.selectFrom("patient").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? toRosterRow(row).ranges : null;
    },
    changedAfter: async (seq, limit) => {
      const rows = await db
        .selectFrom("patient")
        .selectAll()
        .where("change_seq", ">", seq)
        .orderBy("change_seq")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ row: toRosterRow(row), seq: row.change_seq }));
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
