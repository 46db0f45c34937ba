import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import { type ContactOutcome, mostContactTries } from "#contract/recalls.ts";
import { withParts } from "./patient-merges.ts";
import type { Tables } from "./schema.ts";

/** Somebody was told, or was not reached, by whom and when. */
export interface ContactTry {
  outcome: ContactOutcome;
  byId: string;
  atMs: number;
}

/** Told before what wearers are to be told was written, or changed last: to be told again. */
export const isToldBefore = (
  contact: Pick<ContactTry, "outcome" | "atMs"> | null,
  instructedAtMs: number | null,
): boolean => contact?.outcome === "contacted" && contact.atMs < (instructedAtMs ?? 0);

/** A patient of a recall, with all records that became a part of theirs. */
const triesOf = (db: Kysely<Tables>, recallId: string, patientId: string) =>
  db
    .selectFrom("recall_try")
    .where("recall_id", "=", recallId)
    .where("patient_id", "in", withParts(db, patientId))
    .orderBy("at_ms", "desc")
    .orderBy("number", "desc");

/** What is counted and searched by: the last try of one record. */
async function keepLast(trx: Kysely<Tables>, recallId: string, patientId: string): Promise<void> {
  const last = await trx
    .selectFrom("recall_try")
    .select(["recall_id", "patient_id", "outcome", "by_id", "at_ms"])
    .where("recall_id", "=", recallId)
    .where("patient_id", "=", patientId)
    .orderBy("number", "desc")
    .executeTakeFirst();
  if (!last) {
    await trx
      .deleteFrom("recall_contact")
      .where("recall_id", "=", recallId)
      .where("patient_id", "=", patientId)
      .execute();
    return;
  }
  const { outcome, by_id, at_ms } = last;
  await trx
    .insertInto("recall_contact")
    .values(last)
    .onConflict((conflict) =>
      conflict.columns(["recall_id", "patient_id"]).doUpdateSet({ outcome, by_id, at_ms }),
    )
    .execute();
}

/** False where it can hold no more: after so many tries only that somebody was told at last. */
export function noteTry(
  db: Kysely<Tables>,
  recallId: string,
  patientId: string,
  { outcome, byId, atMs }: ContactTry,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const tries = await triesOf(trx, recallId, patientId)
      .select(["patient_id", "number", "outcome"])
      .execute();
    const isTold = tries[0] !== undefined && tries[0].outcome !== "not-reached";
    if (tries.length >= mostContactTries && (isTold || outcome === "not-reached")) return false;
    await trx
      .insertInto("recall_try")
      .values({
        id: randomUUID(),
        recall_id: recallId,
        patient_id: patientId,
        number: 1 + Math.max(0, ...tries.map((one) => (one.patient_id === patientId ? one.number : 0))),
        outcome,
        by_id: byId,
        at_ms: atMs,
      })
      .execute();
    await keepLast(trx, recallId, patientId);
    return true;
  });
}

/** Takes back the last one: the one before it stands again. Null where there was none. */
export function takeBackTry(
  db: Kysely<Tables>,
  recallId: string,
  patientId: string,
): Promise<ContactOutcome | null> {
  return db.transaction().execute(async (trx) => {
    const last = await triesOf(trx, recallId, patientId)
      .select(["id", "patient_id", "outcome"])
      .executeTakeFirst();
    if (!last) return null;
    await trx.deleteFrom("recall_try").where("id", "=", last.id).execute();
    await keepLast(trx, recallId, last.patient_id);
    return last.outcome;
  });
}

/** The tries of each of these patients, the last one first. */
export async function triesOfAll(
  db: Kysely<Tables>,
  recallId: string,
  patientIds: readonly string[],
): Promise<Map<string, ContactTry[]>> {
  const found = new Map<string, ContactTry[]>(patientIds.map((id) => [id, []]));
  if (patientIds.length === 0) return found;
  const rows = await db
    .selectFrom("recall_try")
    .innerJoin("patient", "patient.id", "recall_try.patient_id")
    .select(({ fn }) => [
      fn.coalesce("patient.merged_into", "patient.id").as("whole_id"),
      "outcome",
      "by_id",
      "at_ms",
    ])
    .where("recall_id", "=", recallId)
    .where(({ fn }) => fn.coalesce("patient.merged_into", "patient.id"), "in", patientIds)
    .orderBy("at_ms", "desc")
    .orderBy("number", "desc")
    .execute();
  for (const { whole_id, outcome, by_id, at_ms } of rows)
    found.get(whole_id)?.push({ outcome, byId: by_id, atMs: at_ms });
  return found;
}

/** Of these sensors each recall in which their wearer is still to be told, with when what they were told before was changed. */
export async function untoldRecalls(
  db: Kysely<Tables>,
  patientId: string,
  serials: readonly string[],
): Promise<{ serial: string; begunAtMs: number; changedAtMs: number | null }[]> {
  const recalled = await db
    .selectFrom("recall_sensor")
    .innerJoin("recall", "recall.id", "recall_sensor.recall_id")
    .select(["serial", "recall.id", "created_at_ms", "instructed_at_ms"])
    .where("serial", "in", serials)
    .where("is_begun", "=", 1)
    .execute();
  if (recalled.length === 0) return [];
  const contacts = await db
    .selectFrom("recall_contact")
    .select(["recall_id", "outcome", "at_ms"])
    .where("patient_id", "in", withParts(db, patientId))
    .orderBy("at_ms", "desc")
    .execute();
  return recalled.flatMap(({ serial, id, created_at_ms, instructed_at_ms }) => {
    const last = contacts.find(({ recall_id }) => recall_id === id);
    const isBefore = isToldBefore(
      last ? { outcome: last.outcome, atMs: last.at_ms } : null,
      instructed_at_ms,
    );
    const isTold = last && last.outcome !== "not-reached" && !isBefore;
    return isTold
      ? []
      : { serial, begunAtMs: created_at_ms, changedAtMs: isBefore ? instructed_at_ms : null };
  });
}
