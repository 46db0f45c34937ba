import * as z from "zod/mini";
import { glucoseIn } from "./glucose-in-text.ts";
import { humanLines, humanText } from "./human-text.ts";
import { isToSupport, patientMarks, receiver } from "./patient-marks.ts";

export const mostSnoozeDays = 92;
export const noteMaxLength = 1000;
export const handOverWordsMaxLength = 300;

/** The body of `POST /api/patients/{id}/review`: the review that the screen knew; null where it knew none. */
export const newReview = z.strictObject({
  seen: z.nullable(z.number("required").check(z.int("required"), z.gte(0, "required"))),
});

/** The body of `DELETE /api/patients/{id}/review`: which one is taken back. */
export const takenBack = z.strictObject({
  number: z.number("required").check(z.int("required"), z.gte(0, "required")),
});

/** The body of `PUT /api/patients/{id}/snooze`. */
export const newSnooze = z
  .strictObject({
    untilMs: z.nullable(z.number("date").check(z.int("date"))),
    untilWorse: z.boolean("required"),
  })
  .check(
    z.refine(({ untilMs, untilWorse }) => untilMs !== null || untilWorse, {
      error: "required",
      path: ["untilMs"],
    }),
  );

export const handOverWords = humanText(handOverWordsMaxLength);

/** The body of `PUT /api/patients/{id}/hand-over`. */
export const newHandOver = z.strictObject({ to: receiver, words: z.optional(handOverWords) }).check(
  z.refine(({ to, words }) => !words || !isToSupport({ to }) || glucoseIn(words) === null, {
    error: "glucose",
    path: ["words"],
  }),
);
export type NewHandOver = z.infer<typeof newHandOver>;

/** What an act answers with; `patientId` is the whole's where the patient is a part of another record. */
export const markedPatient = z.object({ patientId: z.string(), marks: patientMarks });
export type MarkedPatient = z.infer<typeof markedPatient>;

/** `name` is null where nobody here has this ID any more. */
const colleague = z.object({ id: z.string(), name: z.nullable(z.string()) });

/**
 * `others`: reviews that stand besides and that the screen did not know, or of colleagues within the last quarter
 * of an hour; the newest first, ten at most. Where the review that stands is among them, none was added to it.
 */
export const reviewedPatient = z.extend(markedPatient, {
  others: z.array(z.object({ number: z.number(), atMs: z.number(), by: colleague })),
});
export type ReviewedPatient = z.infer<typeof reviewedPatient>;

/** The body of `POST /api/patients/{id}/notes`. */
export const newNote = z.strictObject({ text: humanLines(noteMaxLength) });

/** The query of `GET /api/patients/{id}/notes`; `before` is the `next` of the page before. */
export const notesQuery = z.strictObject({
  before: z.optional(z.string().check(z.regex(/^\d{1,16}_[\w-]{1,64}$/, "unknown"))),
});

/** `text` is null where none of the server's secrets opens it. */
const note = z.object({
  id: z.string(),
  atMs: z.number(),
  by: colleague,
  text: z.nullable(z.string()),
});

/** The newest first; those of records that have become a part of this one are among them. */
export const patientNotes = z.object({
  patientId: z.string(),
  notes: z.array(note),
  next: z.nullable(z.string()),
});
export type PatientNotes = z.infer<typeof patientNotes>;
