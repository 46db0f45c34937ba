import type { Kysely } from "kysely";
import { type PatientMarks, patientMarks } from "#contract/patient-marks.ts";
import type { MarkedPatient } from "#contract/worklist-acts.ts";
import { lockPatients } from "./change-counter.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** Why an act was not done. */
export type ActRefusal =
  | "patient-unknown"
  | "patient-archived"
  | "receiver-unknown"
  | "receiver-inactive"
  | "receiver-sees-no-patients"
  | "with-colleague"
  | "handed-over-since"
  | "review-unknown"
  | "reviewed-since"
  | "review-of-another"
  | "words-too-long"
  | "words-glucose"
  | "review-too-old"
  | "note-unknown"
  | "note-of-another";

export const marksIn = (json: string | null): PatientMarks | null =>
  json === null ? null : patientMarks.parse(JSON.parse(json));

const noMarks: PatientMarks = {
  review: null,
  snooze: null,
  handOver: null,
  notes: { count: 0, newest: null },
};

/** A record's marks, with the notes of the records that have become a part of it. */
export function withNotesOf(
  marks: PatientMarks | null,
  parts: readonly (PatientMarks | null)[],
): PatientMarks | null {
  const theirs = parts.filter((part) => part !== null && part.notes.count > 0) as PatientMarks[];
  if (theirs.length === 0) return marks;
  const own = marks ?? noMarks;
  const notes = [own, ...theirs].map((one) => one.notes);
  const newest = notes.flatMap((one) => one.newest ?? []).sort((a, b) => b.atMs - a.atMs)[0];
  return {
    ...own,
    notes: { count: notes.reduce((sum, { count }) => sum + count, 0), newest: newest ?? null },
  };
}

/** A record with its marks. */
export interface Marked {
  id: string;
  marks: PatientMarks;
}

/** What was done, and what is to be kept; null where there was nothing to do. */
export interface Done<T extends object = object> {
  marks: PatientMarks | null;
  more: T;
}

/** What came of it; `isChanged` is false where there was nothing to do. */
export type Acted<T extends object = object> = (MarkedPatient & T & { isChanged: boolean }) | ActRefusal;

/** The ID of the record itself, or of the one it is a part of; null where there is none. */
export async function wholeIdOf(db: Kysely<Tables>, id: string): Promise<string | null> {
  const row = await db
    .selectFrom("patient")
    .select(["id", "merged_into"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? (row.merged_into ?? row.id) : null;
}

/** The IDs of a record and of those that are a part of it. */
export const idsOfWhole = (db: Kysely<Tables>, wholeId: string) =>
  db
    .selectFrom("patient")
    .select("id")
    .where((eb) => eb.or([eb("id", "=", wholeId), eb("merged_into", "=", wholeId)]));

export async function keepMarks(trx: Kysely<Tables>, id: string, marks: PatientMarks): Promise<void> {
  await trx
    .updateTable("patient")
    .set({ marks: JSON.stringify(marks) })
    .where("id", "=", id)
    .execute();
}

/** The marks of a whole as they are shown. */
export async function shownMarks(trx: Kysely<Tables>, wholeId: string): Promise<PatientMarks> {
  const rows = await trx
    .selectFrom("patient")
    .select(["id", "marks"])
    .where("id", "in", idsOfWhole(trx, wholeId))
    .execute();
  const marks = new Map(rows.map((row) => [row.id, marksIn(row.marks)]));
  const own = marks.get(wholeId) ?? null;
  marks.delete(wholeId);
  return withNotesOf(own, [...marks.values()]) ?? noMarks;
}

/**
 * Does something with a patient's row, or with that of the record it is a part of. Nobody else changes a
 * patient meanwhile, so that what `act` reads is still so when it writes.
 */
export const changeMarks = <T extends object>(
  { db, kind }: Pick<Database, "db" | "kind">,
  id: string,
  act: (trx: Kysely<Tables>, patient: Marked) => Promise<Done<T> | ActRefusal>,
): Promise<Acted<T>> =>
  db.transaction().execute(async (trx) => {
    await lockPatients(trx, kind);
    const wholeId = await wholeIdOf(trx, id);
    const row =
      wholeId &&
      (await trx
        .selectFrom("patient")
        .select(["id", "marks", "archived_at_ms"])
        .where("id", "=", wholeId)
        .executeTakeFirst());
    if (!row) return "patient-unknown";
    if (row.archived_at_ms !== null) return "patient-archived";
    const done = await act(trx, { id: row.id, marks: marksIn(row.marks) ?? noMarks });
    if (typeof done === "string") return done;
    if (done.marks) await keepMarks(trx, row.id, done.marks);
    const marks = await shownMarks(trx, row.id);
    return { ...done.more, patientId: row.id, marks, isChanged: done.marks !== null };
  });
