import * as z from "zod/mini";
import { ownId } from "./human-text.ts";
import { diabetesTypes, therapies } from "./identity.ts";
import { uidMaxLength } from "./patient-limits.ts";
import { targetChoice } from "./targets.ts";

/** What IDs are made of nearly always; another character in one is likelier a slip. */
export const usualUid = /^[A-Za-z0-9._@:/+-]+$/;

export const targetsSet = z.object({
  /** ID of one of the staff. */
  by: z.string(),
  atMs: z.number(),
  reason: z.nullable(z.string()),
  before: targetChoice,
});

/** What colleagues may change of a patient's record. */
export const recordFields = z.object({
  name: z.string(),
  /** "1980-04-03", a day of no zone. Null here and below is what is not known. */
  dateOfBirth: z.nullable(z.string()),
  hospitalNumber: z.nullable(z.string()),
  diabetesType: z.nullable(z.enum(diabetesTypes)),
  therapy: z.nullable(z.enum(therapies)),
  phone: z.nullable(z.string()),
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

const { dateOfBirth, hospitalNumber, diabetesType, therapy, phone } = recordFields.shape;

export const patient = z.extend(recordFields, {
  // Absent from a server of before.
  dateOfBirth: z._default(dateOfBirth, null),
  hospitalNumber: z._default(hospitalNumber, null),
  diabetesType: z._default(diabetesType, null),
  therapy: z._default(therapy, null),
  phone: z._default(phone, null),
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
