import * as z from "zod/mini";
import { dataCauses, deviceReasonKeys } from "#glucose/reason-keys.ts";
import { caseStates } from "./case-fields.ts";
import { deviceRowStates, deviceSearchMaxLength, deviceWordsMaxLength } from "./device-rows.ts";
import { humanText } from "./human-text.ts";
import { noGlucose } from "./no-glucose.ts";
import { wornSensor } from "./roster.ts";
import { roles } from "./staff.ts";
import { handOverWords } from "./worklist-acts.ts";

/** The body of `POST /api/worklist/devices`, a POST so that no name stands in an address; `q` as in the list of patients. */
export const deviceWorklistQuery = z.strictObject({
  q: z._default(z.string().check(z.maxLength(deviceSearchMaxLength, "too-long")), ""),
  reason: z.optional(z.enum(deviceReasonKeys)),
  state: z.optional(z.enum(deviceRowStates)),
  /** Only those handed over to support. */
  handedOver: z.optional(z.boolean()),
  limit: z._default(z.number().check(z.int(), z.gte(1), z.lte(200)), 50),
  offset: z._default(z.number().check(z.int(), z.gte(0)), 0),
});
export type DeviceWorklistQuery = z.infer<typeof deviceWorklistQuery>;

/** Who of the staff, and when; `name` is null where nobody here has this ID any more. */
const act = z.object({ by: z.object({ id: z.string(), name: z.nullable(z.string()) }), atMs: z.number() });

const deviceReason = z.object({
  key: z.enum(deviceReasonKeys),
  /** What was found and what it is held against: per cent, minutes, times, hours or Unix ms; see `glucose/reasons.ts`. */
  value: z.number(),
  limit: z.number(),
  sinceMs: z.optional(z.number()),
  days: z.optional(z.number()),
  cause: z.optional(z.enum(dataCauses)),
  /** When it was first found. */
  aroseMs: z.optional(z.number()),
  /** New or worse since the last review. */
  isNew: z.boolean(),
});

/** A row for those who see no glucose: nothing in it is a value, a band, a trend, a target, or follows from one. */
const deviceRow = z.object({
  /** For acts on this row; no page of a patient opens by it for support. */
  patientId: z.string(),
  name: z.string(),
  partnerUid: z.string(),
  timeZone: z.string(),
  asOfMs: z.number(),
  lastReadingAtMs: z.nullable(z.number()),
  /** The one of the last reading. */
  sensor: z.nullable(wornSensor),
  /** What is known of this sensor contradicts itself: when it ends or ended cannot be told. */
  isInDoubt: z._default(z.boolean(), false),
  /** The serial number of the latest that is bound to them and was not started yet. */
  bound: z._default(z.nullable(z.string()), null),
  /** The serial number of the recalled one that they were not told of. */
  recalled: z.nullable(z.string()),
  /** The newest case about one of both, and all calls about that sensor. */
  case: z.nullable(
    z.object({
      id: z.string(),
      serial: z.string(),
      state: z.enum(caseStates),
      calls: z.number(),
      replacementSerial: z.nullable(z.string()),
      isReplacementRecalled: z._default(z.boolean(), false),
    }),
  ),
  /** Of these last days, readings received of those expected in per cent; null where they are not known. */
  data: z.nullable(z.object({ percent: z.number(), days: z.number() })),
  /** The most urgent first. */
  reasons: z.array(deviceReason),
  state: z.enum(deviceRowStates),
  /** Since when the hand-over to support stands, or else the first of the reasons; null where nobody knows. */
  waitingSinceMs: z.nullable(z.number()),
  /** To support, or to somebody by support. */
  handOver: z.nullable(z.extend(act, { to: z.enum([...roles, "colleague"]), words: z.optional(z.string()) })),
  review: z.nullable(z.extend(act, { words: z.optional(z.string()) })),
  snooze: z.nullable(z.extend(act, { untilMs: z.nullable(z.number()), untilWorse: z.boolean() })),
});
export type DeviceRow = z.infer<typeof deviceRow>;

export const deviceWorklistPage = z.object({
  rows: z.array(deviceRow),
  total: z.number(),
  /** How many there are in each state, whichever was asked for. */
  inState: z.record(z.enum(deviceRowStates), z.number()),
  /** Patients of whom nobody has read anything yet, and since when all others have been read; null without any. */
  unchecked: z.number(),
  oldestCheckMs: z.nullable(z.number()),
});
export type DeviceWorklistPage = z.infer<typeof deviceWorklistPage>;

/** The body of `DELETE /api/worklist/devices/{id}/review` and `…/hand-over`: when the one that is taken back was made. */
export const takenBackDeviceAct = z.strictObject({
  atMs: z.number("required").check(z.int("required"), z.gte(0, "required")),
});

/** The body of `PUT /api/worklist/devices/{id}/review`: what was done, for the clinicians, with one's review of that time, after what was said before. */
export const deviceWords = z.extend(takenBackDeviceAct, {
  words: humanText(deviceWordsMaxLength).check(noGlucose()),
});
export type DeviceWords = z.infer<typeof deviceWords>;

/** The body of `PUT /api/worklist/devices/{id}/hand-over`: to whoever handed it over to support, or to a role. */
export const deviceHandOver = z.strictObject({
  to: z.enum(["clinician", "administrator", "back"], "unknown"),
  words: z.optional(handOverWords.check(noGlucose())),
});
export type DeviceHandOver = z.infer<typeof deviceHandOver>;

/** What an act answers with. */
export const deviceActed = z.object({ patientId: z.string(), atMs: z.number() });
export type DeviceActed = z.infer<typeof deviceActed>;
