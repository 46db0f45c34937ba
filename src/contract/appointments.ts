import * as z from "zod/mini";
import { mostAppointments } from "./appointment-limits.ts";
import { ownId } from "./human-text.ts";
import { patient } from "./patient.ts";

/** By the clock where the appointments are: "09:15". */
const timeOfDay = z.string("unknown").check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "unknown"));

/**
 * The body of `PUT /api/account/appointments`: whom somebody sees today, in order, and at what time where that is
 * known, by their ID. `untilMs` is when their day ends, where they are; then nothing of it is kept.
 */
export const appointments = z.strictObject({
  ids: z.array(ownId).check(
    z.maxLength(mostAppointments, "too-many"),
    z.refine((all) => new Set(all).size === all.length, "duplicate"),
  ),
  times: z.optional(z.record(ownId, timeOfDay)),
  untilMs: z.number(),
});
export type Appointments = z.infer<typeof appointments>;

const shownPatient = z.extend(
  z.pick(patient, { id: true, name: true, partnerUid: true, dateOfBirth: true, hospitalNumber: true }),
  { isArchived: z.boolean() },
);
export type AppointedPatient = z.infer<typeof shownPatient>;

const appointment = z.extend(shownPatient, { time: z._default(z.nullable(timeOfDay), null) });
export type Appointment = z.infer<typeof appointment>;

/** `GET /api/account/appointments`. */
export const keptAppointments = z.object({ patients: z.array(appointment) });
export type KeptAppointments = z.infer<typeof keptAppointments>;

/** The body of `POST /api/patients/resolve`: lines of a pasted list. */
export const pastedLines = z.strictObject({
  lines: z
    .array(z.string().check(z.maxLength(200, "too-long")))
    .check(z.minLength(1, "required"), z.maxLength(mostAppointments, "too-many")),
  /** Where the list is read; without it the day is that of Greenwich. */
  today: z.optional(z.string("unknown").check(z.regex(/^\d{4}-\d{2}-\d{2}$/, "unknown"))),
});
export type PastedLines = z.infer<typeof pastedLines>;

/**
 * Why somebody whom a line means is asked about: it has other words, several times or a day that is not today on it;
 * or a day of birth that is not the record's, or may be two; or another line of the list, on which they are asked about.
 */
const doubt = z.object({
  why: z.enum(["words", "times", "day", "time", "birth", "eitherBirth", "elsewhere"]),
  what: z.string(),
});
export type AppointmentDoubt = z.infer<typeof doubt>;

/**
 * What the lines mean: each one person or, where several cells of it are IDs, each of these. `exact`: those whose
 * partner user ID, hospital number or whole name the text is, or who alone is named in it; archived ones only where
 * nobody else is. Where nobody is certain, `like` has those who may be meant. `isBeside`: a name beside somebody else on the same line, who may be
 * meant or not. With `doubts`, `under` or `above` they are asked about. `ignored`: cells of a patient's line that are neither theirs nor an ID. `notAppointments`: lines that are
 * a greeting, a signature, a heading or a break, and nobody's.
 */
export const resolvedLines = z.object({
  lines: z.array(
    z.object({
      text: z.string(),
      exact: z.array(shownPatient),
      like: z.array(shownPatient),
      /** How many may be meant; `like` has the likeliest. */
      likeCount: z._default(z.number(), 0),
      isBeside: z.boolean(),
      /** Lines over it that say something of those below them, and lines under it that do of those above. */
      under: z._default(z.array(z.string()), []),
      above: z._default(z.array(z.string()), []),
      /** The first time of day on the line. */
      time: z._default(z.nullable(timeOfDay), null),
      /** What stands there for a time that cannot be read, or whose half of the day is taken from the hour. */
      timeInDoubt: z._default(z.nullable(z.string()), null),
      doubts: z._default(z.array(doubt), []),
    }),
  ),
  ignored: z.array(z.string()),
  notAppointments: z._default(
    z.array(z.object({ text: z.string(), what: z.enum(["heading", "time", "other"]) })),
    [],
  ),
});
export type ResolvedLines = z.infer<typeof resolvedLines>;
export type ResolvedLine = ResolvedLines["lines"][number];
