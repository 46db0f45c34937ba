import * as z from "zod/mini";
import { readCalendarDate } from "./calendar-date.ts";
import { humanText, ownId } from "./human-text.ts";
import {
  ageBetween,
  diabetesTypes,
  hospitalNumberMaxLength,
  type IdentityField,
  phoneMaxLength,
  therapies,
} from "./identity.ts";
import { likelyDuplicate } from "./likely-duplicate.ts";
import { type RecordFields, recordFields } from "./patient.ts";
import { mostTags, nameMaxLength, reasonMaxLength, tagMaxLength, uidMaxLength } from "./patient-limits.ts";
import { currentRegion, isRegion, zoneName } from "./region.ts";
import { targetChoice } from "./targets.ts";

/** No characters that take no room: with one of them an ID is another one and looks the same. */
const nothingInvisible = z.refine<string>(
  (text) => !/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text),
  "characters",
);

const oldestYears = 130;
const farthestEastMs = 14 * 3_600_000;

/** What is wrong with a date of birth, in a stable word; null where nothing is. */
function faultOf(date: string) {
  if (date === "ambiguous") return "ambiguous-date";
  if (readCalendarDate(date) !== date) return "date-of-birth";
  // Wherever it is tomorrow already, somebody may be born.
  if (Date.parse(date) > Date.now() + farthestEastMs) return "future-date";
  const today = new Date(Date.now()).toISOString().slice(0, 10);
  return ageBetween(date, today).years > oldestYears ? "too-long-ago" : null;
}

/** A day without a time or a zone, kept as "1980-04-03" however it was written. */
const dateOfBirth = z.string("date-of-birth").check(
  z.overwrite((text) => readCalendarDate(text) ?? text),
  z.refine((date) => faultOf(date) === null, { error: ({ input }) => faultOf(String(input)) }),
);

const leastDigits = 3;
const mostDigits = 20;

/** As people write it, with other kinds of dashes and of separators as the plain ones. */
const phone = z.string("phone").check(
  z.overwrite((text) =>
    text
      .normalize("NFKC")
      .replace(/[\p{Pd}\u2212]/gu, "-")
      .replace(/[\s./]+/g, " ")
      .trim(),
  ),
  z.maxLength(phoneMaxLength, "too-long"),
  z.regex(/^[\d +()-]*$/, "phone"),
  z.refine((text) => {
    const digits = text.replace(/\D/g, "").length;
    return digits >= leastDigits && digits <= mostDigits;
  }, "phone"),
);

/** What tells a person, as it has to be where it is known. */
export const identityFields = {
  dateOfBirth,
  /** By which the clinic or hospital files this person; two may have the same. */
  hospitalNumber: humanText(hospitalNumberMaxLength),
  diabetesType: z.enum(diabetesTypes, "choice"),
  therapy: z.enum(therapies, "choice"),
  phone,
} satisfies Record<IdentityField, unknown>;

/** The body of `POST /api/patients`. Issue messages are of `fieldFaults`; the client translates them. */
export const newPatient = z.object({
  partnerUid: z
    .string("required")
    .check(z.trim(), z.minLength(1, "required"), z.maxLength(uidMaxLength, "too-long"), nothingInvisible),
  name: humanText(nameMaxLength),
  region: z._default(
    z
      .string("required")
      .check(z.trim(), z.toUpperCase(), z.overwrite(currentRegion), z.refine(isRegion, "region")),
    "CN",
  ),
  timeZone: z.string("required").check(
    z.trim(),
    z.minLength(1, "required"),
    z.overwrite((zone) => zoneName(zone) ?? zone),
    z.refine((zone) => zoneName(zone) !== null, "time-zone"),
  ),
  dateOfBirth: z.nullish(identityFields.dateOfBirth),
  hospitalNumber: z.nullish(identityFields.hospitalNumber),
  diabetesType: z.nullish(identityFields.diabetesType),
  therapy: z.nullish(identityFields.therapy),
  phone: z.nullish(identityFields.phone),
});
export type NewPatient = z.infer<typeof newPatient>;
export const newPatientFields = z.keyof(newPatient).options;

export const tagList = z.array(humanText(tagMaxLength)).check(
  z.maxLength(mostTags, "too-many"),
  z.refine((tags) => new Set(tags.map((text) => text.toLowerCase())).size === tags.length, "duplicate"),
);

const targetsReason = humanText(reasonMaxLength);

const isGiven = (value: unknown) => value !== undefined;

/** The fields as they have to be when they are changed. */
const checkedFields = {
  name: newPatient.shape.name,
  dateOfBirth: z.nullable(identityFields.dateOfBirth),
  hospitalNumber: z.nullable(identityFields.hospitalNumber),
  diabetesType: z.nullable(identityFields.diabetesType),
  therapy: z.nullable(identityFields.therapy),
  phone: z.nullable(identityFields.phone),
  timeZone: newPatient.shape.timeZone,
  targets: targetChoice,
  tags: tagList,
  careTeam: z.array(ownId).check(z.maxLength(50, "too-many")),
} satisfies { [Field in keyof RecordFields]: z.ZodMiniType<RecordFields[Field]> };

/**
 * The body of `PATCH /api/patients/{id}`: what is kept here, never what is the platform's. An absent field
 * stays. `from` is what the fields were when the change was made: one that is something else by now is not
 * changed, and nothing of the rest either. Who archives a record that others are a part of names them as
 * `merged`: they leave the list with it.
 */
export const patientChange = z
  .strictObject({
    ...z.partial(z.object(checkedFields)).shape,
    /** Why the targets are these; has to be said of a patient's own. */
    targetsReason: z.optional(targetsReason),
    archived: z.optional(z.boolean()),
    from: z.optional(z.partial(z.extend(recordFields, { merged: z.array(ownId) }))),
  })
  .check(
    z.refine(
      ({ from: _from, targetsReason: _why, ...parts }) => Object.values(parts).some(isGiven),
      "nothing",
    ),
    z.refine(({ targets, targetsReason: why }) => typeof targets !== "object" || why !== undefined, {
      error: "required",
      path: ["targetsReason"],
    }),
  );
export type PatientChange = z.infer<typeof patientChange>;

const asTyped = z._default(z.string().check(z.maxLength(200, "too-long")), "");
/**
 * The body of `POST /api/patients/duplicates`: somebody as they are being typed, and the record that is
 * theirs already. What cannot be read of it is left out of account.
 */
export const duplicateQuery = z.strictObject({
  name: asTyped,
  dateOfBirth: asTyped,
  hospitalNumber: asTyped,
  phone: asTyped,
  id: z._default(z.nullable(ownId), null),
});
export type DuplicateQuery = z.infer<typeof duplicateQuery>;
export const mostDuplicates = 5;
export const likelyDuplicates = z.object({ patients: z.array(likelyDuplicate) });
export type LikelyDuplicates = z.infer<typeof likelyDuplicates>;
