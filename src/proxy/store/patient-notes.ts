import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { PatientMarks } from "#contract/patient-marks.ts";
import type { PatientNotes } from "#contract/worklist-acts.ts";
import type { Database } from "./database.ts";
import {
  type Acted,
  type ActRefusal,
  changeMarks,
  type Done,
  idsOfWhole,
  keepMarks,
  type Marked,
  marksIn,
  wholeIdOf,
} from "./patient-marks.ts";
import type { Actor } from "./patient-reviews.ts";
import { resealRows } from "./reseal-rows.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

const notesPerPage = 50;

/** Notes about a patient, sealed. A record that is a part of another one stands for the whole. */
export interface PatientNoteStore {
  add(id: string, by: Actor, text: string): Promise<Acted>;
  /** Only the author's own is removed; nothing of it is kept. */
  remove(id: string, by: Actor, noteId: string): Promise<Acted>;
  /** The newest first; null where nobody has this ID. */
  list(id: string, before: string | undefined): Promise<PatientNotes | null>;
}

/** How many notes a record has of its own, and the newest of them. */
async function countNotes(trx: Kysely<Tables>, patientId: string): Promise<PatientMarks["notes"]> {
  const ofPatient = trx.selectFrom("patient_note").where("patient_id", "=", patientId);
  const { count } = await ofPatient.select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  const newest = await ofPatient
    .select(["by_id as by", "at_ms as atMs"])
    .orderBy("at_ms", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return { count: Number(count), newest: newest ?? null };
}

async function removeNote(
  trx: Kysely<Tables>,
  whole: Marked,
  by: Actor,
  noteId: string,
): Promise<Done | ActRefusal> {
  const note = await trx
    .selectFrom("patient_note")
    .select(["by_id", "patient_id"])
    .where("id", "=", noteId)
    .where("patient_id", "in", idsOfWhole(trx, whole.id))
    .executeTakeFirst();
  if (!note) return "note-unknown";
  if (note.by_id !== by.id) return "note-of-another";
  await trx.deleteFrom("patient_note").where("id", "=", noteId).execute();
  const notes = await countNotes(trx, note.patient_id);
  if (note.patient_id === whole.id) return { marks: { ...whole.marks, notes }, more: {} };
  // Written before its record became a part of this one.
  const part = await trx
    .selectFrom("patient")
    .select("marks")
    .where("id", "=", note.patient_id)
    .executeTakeFirst();
  const marks = marksIn(part?.marks ?? null);
  if (marks) await keepMarks(trx, note.patient_id, { ...marks, notes });
  return { marks: whole.marks, more: {} };
}

async function listNotes(
  db: Kysely<Tables>,
  sealer: Sealer,
  wholeId: string,
  before: string | undefined,
): Promise<PatientNotes> {
  const [atMs, noteId] = before?.split("_") ?? [];
  const rows = await db
    .selectFrom("patient_note")
    .leftJoin("user", "user.id", "patient_note.by_id")
    .select(["patient_note.id", "at_ms", "by_id", "sealed_text", "user.name"])
    .where("patient_id", "in", idsOfWhole(db, wholeId))
    .$if(before !== undefined, (all) =>
      all.where(sql<boolean>`(at_ms, patient_note.id) < (${Number(atMs)}, ${noteId})`),
    )
    .orderBy("at_ms", "desc")
    .orderBy("patient_note.id", "desc")
    .limit(notesPerPage + 1)
    .execute();
  const shown = rows.slice(0, notesPerPage);
  const last = shown.at(-1);
  return {
    patientId: wholeId,
    notes: shown.map(({ id, at_ms, by_id, sealed_text, name }) => ({
      id,
      atMs: at_ms,
      by: { id: by_id, name },
      text: sealer.open(sealed_text),
    })),
    next: rows.length > notesPerPage && last ? `${last.at_ms}_${last.id}` : null,
  };
}

export function createPatientNoteStore(
  database: Pick<Database, "db" | "kind">,
  sealer: Sealer,
): PatientNoteStore {
  return {
    add: (id, by, text) =>
      changeMarks(database, id, async (trx, { id: patient_id, marks }) => {
        const note = { id: randomUUID(), patient_id, by_id: by.id, at_ms: by.atMs };
        await trx
          .insertInto("patient_note")
          .values({ ...note, sealed_text: sealer.seal(text) })
          .execute();
        return { marks: { ...marks, notes: await countNotes(trx, patient_id) }, more: {} };
      }),
    remove: (id, by, noteId) => changeMarks(database, id, (trx, whole) => removeNote(trx, whole, by, noteId)),
    list: async (id, before) => {
      const wholeId = await wholeIdOf(database.db, id);
      return wholeId === null ? null : listNotes(database.db, sealer, wholeId, before);
    },
  };
}

export const resealNotes = (db: Kysely<Tables>, sealer: Sealer): Promise<number> =>
  resealRows(sealer, {
    after: (key, limit) =>
      db
        .selectFrom("patient_note")
        .select(["id as key", "sealed_text as sealed"])
        .where("id", ">", key)
        .orderBy("id")
        .limit(limit)
        .execute(),
    replace: ({ key, sealed }, sealed_text) =>
      db
        .updateTable("patient_note")
        .set({ sealed_text })
        .where("id", "=", key)
        .where("sealed_text", "=", sealed)
        .executeTakeFirst(),
  });
