import * as z from "zod";
import { systemOf } from "#contract/identifier-system.ts";
import type { Patient } from "#contract/patient.ts";
import { localDateOf } from "#glucose/local-time.ts";

/** Dots alone would lead elsewhere. */
export const fhirId = z.string().regex(/^(?!\.+$)[A-Za-z0-9.-]{1,64}$/);

const identifier = z.object({
  use: z.string().optional(),
  system: z.string().optional(),
  value: z.string().optional(),
  period: z.object({ start: z.string().optional(), end: z.string().optional() }).optional(),
});
export type IdentifierThere = z.infer<typeof identifier>;

/** What is read of a record's own Patient. */
export const patientThere = z.object({
  resourceType: z.literal("Patient"),
  id: fhirId,
  active: z.boolean().optional(),
  birthDate: z.string().optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: z.string().optional(),
  identifier: z.array(identifier).default([]),
  link: z.array(z.object({ type: z.string().optional() })).default([]),
});
export type PatientThere = z.infer<typeof patientThere>;

type Known = Pick<Patient, "dateOfBirth" | "timeZone">;

const partOfDate = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

/** Whether `now` is before (-1), in (0) or after (1) a moment that FHIR writes as a year, month, day or instant; null where it is none. */
function sideOf(moment: string, nowMs: number, timeZone: string): number | null {
  if (partOfDate.test(moment)) {
    const today = localDateOf(nowMs, timeZone).slice(0, moment.length);
    return today < moment ? -1 : Number(today > moment);
  }
  const ms = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(moment) ? Date.parse(moment) : Number.NaN;
  return Number.isFinite(ms) ? Math.sign(nowMs - ms) : null;
}

/** Whether an identifier is its holder's now: neither a former one, nor run out, nor not begun; what cannot be told is not. */
export function isCurrent({ use, period }: IdentifierThere, nowMs: number, timeZone: string): boolean {
  const begins = period?.start === undefined ? 1 : sideOf(period.start, nowMs, timeZone);
  const ends = period?.end === undefined ? -1 : sideOf(period.end, nowMs, timeZone);
  return use !== "old" && begins !== null && begins >= 0 && ends !== null && ends <= 0;
}

export const isOfSystem = ({ system }: IdentifierThere, asked: string | null): boolean =>
  asked !== null && system !== undefined && systemOf(system) === systemOf(asked);

/** Whether somebody in a record holds this very number of this system now. */
export const holds = (there: PatientThere, system: string, number: string, nowMs: number, zone: string) =>
  there.identifier.some(
    (one) => isOfSystem(one, system) && one.value?.trim() === number && isCurrent(one, nowMs, zone),
  );

/** Whether a record's Patient is one to go on with: not closed, nor replaced by another one. */
export const isInUse = ({ active, link }: PatientThere): boolean =>
  active !== false && !link.some(({ type }) => type === "replaced-by");

/** A year or a month alone agrees where it agrees; null where one of the two has no date of birth. */
function bornAlike(there: string | undefined, here: string | null): boolean | null {
  if (!there || !here) return null;
  return partOfDate.test(there) && here.startsWith(there);
}

/** Whether a record's Patient with the number of somebody here is that person; `isByNumberAlone` where no dates of birth could be compared. */
export function theirPerson(
  there: PatientThere,
  here: Known,
): { problem: "patient-inactive" | "patient-differs" } | { isByNumberAlone: boolean } {
  if (!isInUse(there)) return { problem: "patient-inactive" };
  const alike = bornAlike(there.birthDate, here.dateOfBirth);
  return alike === false ? { problem: "patient-differs" } : { isByNumberAlone: alike === null };
}
