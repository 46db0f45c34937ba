import * as z from "zod/mini";
import { targetNames } from "#glucose/targets.ts";

const isTimeZone = (zone: string) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const noControlCharacters = z.refine<string>((text) => !/\p{Cc}/u.test(text), "characters");

/** The body of `POST /api/patients`. Issue messages are stable words; the client translates them. */
export const newPatient = z.object({
  partnerUid: z
    .string("required")
    .check(z.trim(), z.minLength(1, "required"), z.maxLength(64, "too-long"), noControlCharacters),
  name: z
    .string("required")
    .check(z.trim(), z.minLength(1, "required"), z.maxLength(120, "too-long"), noControlCharacters),
  region: z._default(
    z.string("required").check(z.trim(), z.toUpperCase(), z.regex(/^[A-Z]{2}$/, "region")),
    "CN",
  ),
  timeZone: z
    .string("required")
    .check(z.trim(), z.minLength(1, "required"), z.refine(isTimeZone, "time-zone")),
});
export type NewPatient = z.infer<typeof newPatient>;

export const patient = z.object({
  id: z.string(),
  partnerUid: z.string(),
  name: z.string(),
  region: z.string(),
  /** IANA name; a patient's days begin and end in it. */
  timeZone: z.string(),
  /** The platform's own ID of this user. */
  openId: z.string(),
  /** Whose range and goals this patient's numbers are held against. */
  targets: z.enum(targetNames),
  createdAtMs: z.number(),
});
export type Patient = z.infer<typeof patient>;

/** The body of `PATCH /api/patients/{id}`. */
export const patientChange = z.strictObject({ targets: z.enum(targetNames) });
export type PatientChange = z.infer<typeof patientChange>;

/** `GET /api/patients?q=&limit=&offset=`: name order; `total` counts all that match. */
export const patientList = z.object({ patients: z.array(patient), total: z.number() });
export type PatientList = z.infer<typeof patientList>;

/**
 * `GET /api/patients/{id}/summary`: one roster row's live part, from the last 24 h of readings, or the last 30 days
 * when those are empty. `stage` is how far onboarding has come, as far as the data can tell: the platform has no list
 * of a user's devices, so a bound sensor shows itself by its first record.
 */
export const patientSummary = z.object({
  asOfMs: z.number(),
  stage: z.enum(["waiting", "warming-up", "reading"]),
  latest: z.nullable(
    z.object({
      timeMs: z.number(),
      valueMmolL: z.number(),
      trend: z.number(),
      warmUp: z.boolean(),
      /** It is the first one after a gap: its trend is not shown as an arrow. */
      afterGap: z.boolean(),
    }),
  ),
  /** The sensor of the latest reading; its dates are null when the platform would not tell. */
  sensor: z.nullable(
    z.object({
      serial: z.string(),
      activatedAtMs: z.nullable(z.number()),
      estimatedEndAtMs: z.nullable(z.number()),
      endedAtMs: z.nullable(z.number()),
    }),
  ),
});
export type PatientSummary = z.infer<typeof patientSummary>;

/** The query of `GET /api/patients`. `q` is matched word by word in name, partner user ID and platform ID. */
export const patientQuery = z.object({
  q: z._default(z.string().check(z.maxLength(200, "too-long")), ""),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 100),
  offset: z._default(z.coerce.number().check(z.int(), z.gte(0)), 0),
});
