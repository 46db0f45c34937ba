import * as z from "zod/mini";
import { mostAppointments } from "./appointment-limits.ts";
import { ownId } from "./human-text.ts";
import { patient } from "./patient.ts";

/**
 * The body of `PUT /api/account/appointments`: whom somebody sees today, in order. `untilMs` is when their day
 * ends, where they are; then nothing of it is kept.
 */
export const appointments = z.strictObject({
  ids: z.array(ownId).check(
    z.maxLength(mostAppointments, "too-many"),
    z.refine((all) => new Set(all).size === all.length, "duplicate"),
  ),
  untilMs: z.number(),
});
export type Appointments = z.infer<typeof appointments>;

const shownPatient = z.pick(patient, {
  id: true,
  name: true,
  partnerUid: true,
  dateOfBirth: true,
  hospitalNumber: true,
});
export type AppointedPatient = z.infer<typeof shownPatient>;

/** `GET /api/account/appointments`. */
export const keptAppointments = z.object({ patients: z.array(shownPatient) });
export type KeptAppointments = z.infer<typeof keptAppointments>;

/** The body of `POST /api/patients/resolve`: lines of a pasted list, one for each patient. */
export const pastedLines = z.strictObject({
  lines: z
    .array(z.string().check(z.maxLength(200, "too-long")))
    .check(z.minLength(1, "required"), z.maxLength(mostAppointments, "too-many")),
});

/**
 * What each line means. `exact`: those whose partner user ID, hospital number or name it is, all of them or one of
 * them; where nobody's it is, `like` has those whom a search finds.
 */
export const resolvedLines = z.object({
  lines: z.array(
    z.object({ exact: z.array(shownPatient), like: z.array(shownPatient), areAllMeant: z.boolean() }),
  ),
});
export type ResolvedLines = z.infer<typeof resolvedLines>;
export type ResolvedLine = ResolvedLines["lines"][number];
