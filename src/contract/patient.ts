import * as z from "zod/mini";
import { humanText, ownId } from "./human-text.ts";
import { mostTags, nameMaxLength, reasonMaxLength, tagMaxLength, uidMaxLength } from "./patient-limits.ts";
import { currentRegion, isRegion, zoneName } from "./region.ts";
import { targetChoice } from "./targets.ts";

/** No characters that take no room: with one of them an ID is another one and looks the same. */
const nothingInvisible = z.refine<string>(
  (text) => !/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text),
  "characters",
);

/** What IDs are made of nearly always; another character in one is likelier a slip. */
export const usualUid = /^[A-Za-z0-9._@:/+-]+$/;

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
});
export type NewPatient = z.infer<typeof newPatient>;
export const newPatientFields = z.keyof(newPatient).options;

export const targetsSet = z.object({
  /** ID of one of the staff. */
  by: z.string(),
  atMs: z.number(),
  reason: z.nullable(z.string()),
  before: targetChoice,
});

/** What colleagues may change of a patient's record. */
const recordFields = z.object({
  name: z.string(),
  /** IANA name; a patient's days begin and end in it. */
  timeZone: z.string(),
  /** Whose range and goals this patient's numbers are held against. */
  targets: targetChoice,
  tags: z.array(z.string()),
  /** IDs of the staff who look after this patient. */
  careTeam: z.array(z.string()),
});
export type RecordFields = z.infer<typeof recordFields>;
export const recordFieldNames = z.keyof(recordFields).options;

/** What a change can alter: the fields, and whether the patient is archived. */
export const changeableParts = [...recordFieldNames, "archived"] as const;
export type ChangeablePart = (typeof changeableParts)[number];

export const patient = z.extend(recordFields, {
  id: z.string(),
  partnerUid: z.string(),
  region: z.string(),
  /** The platform's own ID of this user. */
  openId: z.string(),
  /**
   * Who set them last, when, why where a reason was given, and what they were
   * before; null while they are as registered.
   */
  targetsSet: z._default(z.nullable(targetsSet), null),
  /** Hidden from the roster since; the data stays where it is. */
  archivedAtMs: z.nullable(z.number()),
  /** The record that this one is now a part of: the same person was registered twice. */
  mergedInto: z.nullable(z.string()),
  createdAtMs: z.number(),
});
export type Patient = z.infer<typeof patient>;
export type TargetsSet = z.infer<typeof targetsSet>;

export const tagList = z.array(humanText(tagMaxLength)).check(
  z.maxLength(mostTags, "too-many"),
  z.refine((tags) => new Set(tags.map((text) => text.toLowerCase())).size === tags.length, "duplicate"),
);

const targetsReason = humanText(reasonMaxLength);

const isGiven = (value: unknown) => value !== undefined;

/** The fields as they have to be when they are changed. */
const checkedFields = {
  name: newPatient.shape.name,
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

/**
 * The body of `PUT /api/patients/{id}/merged-into`: the record this one
 * becomes a part of; null takes it out again.
 */
export const patientMerge = z.strictObject({ into: z.nullable(ownId) });

/** `GET /api/patients/{id}/merged`: the records that have become a part of this one. */
export const mergedPatients = z.object({ patients: z.array(patient) });
export type MergedPatients = z.infer<typeof mergedPatients>;

/** The body of `POST /api/patients/lookup`. */
export const partnerUidLookup = z.strictObject({
  partnerUid: z.string().check(z.trim(), z.maxLength(uidMaxLength)),
});
/** Who has this partner user ID here, and who has one that differs in upper and lower case only. */
export const lookedUpPatient = z.object({ patient: z.nullable(patient), similar: z.nullable(patient) });
export type LookedUpPatient = z.infer<typeof lookedUpPatient>;
