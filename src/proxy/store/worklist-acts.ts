import type { Kysely } from "kysely";
import type { HandOver, PatientMarks, Receiver, Snooze } from "#contract/patient-marks.ts";
import { glucoseRoles } from "#contract/staff.ts";
import type { MarkedPatient, NewHandOver, ReviewedPatient } from "#contract/worklist-acts.ts";
import type { Database } from "./database.ts";
import { type Acted, type ActRefusal, changeMarks, shownMarks, wholeIdOf } from "./patient-marks.ts";
import { type Actor, forgetEnded, type NewReview, review, undoReview } from "./patient-reviews.ts";
import type { Tables } from "./schema.ts";

/** What people do with a patient's row. A record that is a part of another one stands for the whole. */
export interface WorklistActs {
  review(id: string, by: Actor, review: NewReview): Promise<Acted<Pick<ReviewedPatient, "others">>>;
  /** Takes back the review with this number, if it is the last one. */
  undoReview(id: string, by: Actor, number: number): Promise<Acted<Pick<ReviewedPatient, "others">>>;
  /** Null ends it. */
  snooze(
    id: string,
    by: Actor,
    snooze: Pick<Snooze, "untilMs" | "untilWorse" | "reasons"> | null,
  ): Promise<Acted>;
  /** Null ends it. */
  handOver(id: string, by: Actor, given: NewHandOver | null): Promise<Acted>;
  /** What stands; null where there is no such patient. */
  read(id: string): Promise<MarkedPatient | null>;
  /** The reviews since then that stand, by how long they took, the shortest first. */
  waitsSince(fromMs: number): Promise<ReviewWait[]>;
}

/** So many reviews took so long; null minutes where nobody knows. */
export interface ReviewWait {
  minutes: number | null;
  count: number;
}

/** A role receives whatever its own rights are; a person must be able to open the patient. */
export async function whyNotReceiver(trx: Kysely<Tables>, to: Receiver): Promise<ActRefusal | null> {
  if ("role" in to) return null;
  const person = await trx
    .selectFrom("user")
    .select(["role", "banned"])
    .where("id", "=", to.staffId)
    .executeTakeFirst();
  if (!person) return "receiver-unknown";
  if (person.banned) return "receiver-inactive";
  return glucoseRoles.includes(person.role) ? null : "receiver-sees-no-patients";
}

/** Somebody has decided anew: no review of devices that is taken back brings back what it had ended before. */
export function handedOver(marks: PatientMarks, handOver: HandOver | null): PatientMarks {
  const review = marks.devices?.review;
  if (!marks.devices || !review?.before) return { ...marks, handOver };
  const before = { ...review.before, handOver: null };
  return { ...marks, handOver, devices: { ...marks.devices, review: { ...review, before } } };
}

export function createWorklistActs(database: Pick<Database, "db" | "kind">): WorklistActs {
  return {
    review: (id, by, given) => changeMarks(database, id, (trx, patient) => review(trx, patient, by, given)),
    undoReview: (id, by, number) =>
      changeMarks(database, id, (trx, patient) => undoReview(trx, patient, by, number)),
    snooze: (id, { id: by, atMs }, snooze) =>
      changeMarks(database, id, async (trx, { id: patientId, marks }) => {
        if (!snooze && !marks.snooze) return { marks: null, more: {} };
        await forgetEnded(trx, patientId, "ended_snooze");
        return { marks: { ...marks, snooze: snooze && { by, atMs, ...snooze } }, more: {} };
      }),
    handOver: (id, { id: by, atMs }, given) =>
      changeMarks(database, id, async (trx, { id: patientId, marks }) => {
        const refusal = given && (await whyNotReceiver(trx, given.to));
        if (refusal) return refusal;
        if (!given && !marks.handOver) return { marks: null, more: {} };
        await forgetEnded(trx, patientId, "ended_hand_over");
        return { marks: handedOver(marks, given && { by, atMs, ...given }), more: {} };
      }),
    read: async (id) => {
      const patientId = await wholeIdOf(database.db, id);
      return patientId === null ? null : { patientId, marks: await shownMarks(database.db, patientId) };
    },
    waitsSince: async (fromMs) => {
      const rows = await database.db
        .selectFrom("patient_review")
        .select((eb) => ["waited_minutes as minutes", eb.fn.countAll<number>().as("count")])
        .where("at_ms", ">=", fromMs)
        .where("undone_at_ms", "is", null)
        .groupBy("waited_minutes")
        .orderBy("waited_minutes")
        .execute();
      return rows.map(({ minutes, count }) => ({ minutes, count: Number(count) }));
    },
  };
}
