import * as z from "zod/mini";
import { roles } from "./staff.ts";
import { humanLines, ownId } from "./text.ts";

export const mostReasons = 40;
export const mostSnoozeDays = 92;
export const noteMaxLength = 1000;

const role = z.enum(roles);

/** Why a patient stood in the list, and the figure behind it where there is one. */
const reason = z.object({
  key: z.string().check(z.regex(/^[a-z-]{1,40}$/)),
  value: z.nullable(z.number()),
});
export type Reason = z.infer<typeof reason>;
const reasons = z.array(reason).check(z.maxLength(mostReasons));

/** Who of the staff, by ID, and when. */
const act = z.object({ by: z.string(), atMs: z.number() });

/** `number` counts the reviews of this patient, those taken back among them. */
const review = z.extend(act, { number: z.number(), reasons });
export type Review = z.infer<typeof review>;

/**
 * Until a date, until the patient is worse than by these reasons, or until whichever comes first. One whose
 * date is over is left as it is.
 */
export const snooze = z.extend(act, { untilMs: z.nullable(z.number()), untilWorse: z.boolean(), reasons });
export type Snooze = z.infer<typeof snooze>;

const receiver = z.union([z.strictObject({ staffId: ownId }), z.strictObject({ role })], "unknown");
export type Receiver = z.infer<typeof receiver>;

export const handOver = z.extend(act, { to: receiver });
export type HandOver = z.infer<typeof handOver>;

/** What colleagues have done with a patient's row, as it stands. */
export const patientMarks = z.object({
  review: z.nullable(review),
  snooze: z.nullable(snooze),
  handOver: z.nullable(handOver),
  notes: z.object({ count: z.number(), newest: z.nullable(act) }),
});
export type PatientMarks = z.infer<typeof patientMarks>;

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

/** The body of `PUT /api/patients/{id}/hand-over`. */
export const newHandOver = z.strictObject({ to: receiver });

/** What an act answers with; `patientId` is the whole's where the patient is a part of another record. */
export const markedPatient = z.object({ patientId: z.string(), marks: patientMarks });
export type MarkedPatient = z.infer<typeof markedPatient>;

/** `name` is null where nobody here has this ID any more. */
const colleague = z.object({ id: z.string(), name: z.nullable(z.string()) });

/** `others`: the reviews that stand and that the screen did not know, the newest first, ten at most. */
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
