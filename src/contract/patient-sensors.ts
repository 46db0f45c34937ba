import * as z from "zod/mini";
import { deviceStates } from "./device.ts";
import { isWearerSearch } from "./wearer-limits.ts";

/** A sensor that somebody wears or has worn, as it was known here last: facts of the device, no glucose. */
const patientSensor = z.object({
  serial: z.string(),
  /** Null, as the dates, where the platform was not asked about it yet. */
  state: z.nullable(z.enum(deviceStates)),
  boundAtMs: z.nullable(z.number()),
  activatedAtMs: z.nullable(z.number()),
  estimatedEndAtMs: z.nullable(z.number()),
  endedAtMs: z.nullable(z.number()),
  lastDataAtMs: z.nullable(z.number()),
  /** When the platform told this, of both state and data the earlier. */
  askedAtMs: z.nullable(z.number()),
  /** Its dates contradict each other, or its data contradicts its end. */
  isInDoubt: z._default(z.boolean(), false),
  /** A recall that is kept here has it. */
  isRecalled: z._default(z.boolean(), false),
});
export type PatientSensor = z.infer<typeof patientSensor>;

/** `GET /api/patients/{id}/sensors`, the one started last first. */
export const patientSensors = z.object({ sensors: z.array(patientSensor) });
export type PatientSensors = z.infer<typeof patientSensors>;

/**
 * The body of `POST /api/devices/wearers`: a name, a partner user ID or another number of an account, a serial
 * number, or a whole phone number.
 */
export const wearerQuery = z.strictObject({
  q: z.string().check(z.trim(), z.refine(isWearerSearch, "required"), z.maxLength(200, "too-long")),
});

/** The most people that one answer tells of. */
export const mostWearers = 10;

/** Who was found, whose ID it is to the letter first, then in the order of their names, with their sensors. */
export const wearersFound = z.object({
  /** Nobody has this name: these have nearly it. */
  isNear: z._default(z.boolean(), false),
  people: z.array(
    z.object({
      /** Only for roles that may open the patient's page. */
      patientId: z.nullable(z.string()),
      name: z.string(),
      partnerUid: z.string(),
      /** What was searched for is not this ID, and the same but for marks and zeros in front. */
      isSimilarId: z.optional(z.boolean()),
      timeZone: z.string(),
      sensors: z.array(patientSensor),
    }),
  ),
  /** Of all who match. */
  total: z.number(),
});
export type WearersFound = z.infer<typeof wearersFound>;
