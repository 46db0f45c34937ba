import * as z from "zod/mini";
import {
  caseStates,
  caseTextLengths,
  complaintParts,
  mostFurtherCalls,
  vendorNumberMaxLength,
} from "./case-fields.ts";
import { deviceBox, deviceStates } from "./device.ts";
import { humanLines, humanText } from "./human-text.ts";
import { noGlucose } from "./no-glucose.ts";
import { zoneName } from "./region.ts";
import { parseSerial } from "./serial.ts";

// A case is about a device: what looks like a glucose value is refused.
const detail = (mostCharacters: number) => z.nullable(humanText(mostCharacters).check(noGlucose("detail")));
const person = z.nullable(humanText(caseTextLengths.callerName).check(noGlucose("person")));
const told = (mostCharacters: number) => humanLines(mostCharacters).check(noGlucose());

const serial = z.string("serial").check(
  z.overwrite((text) => parseSerial(text) ?? text),
  z.refine((text) => parseSerial(text) !== null, "serial"),
);

const replacement = serial.check(z.refine((text) => /\d/.test(text), "serial"));
/** Although the platform does not know the replacement, or it cannot be one: it is recalled, has ended or is somebody else's. */
const isReplacementSure = z.optional(z.boolean());

const firstMs = Date.UTC(2000, 0, 1);
const receivedAtMs = z.number("date").check(z.int("date"), z.gte(firstMs, "date"));

/** The fields as they have to be when they are written; null is what is not known. */
const writtenFields = {
  state: z.enum(caseStates, "choice"),
  /** When the complaint was received. */
  receivedAtMs,
  device: detail(caseTextLengths.device),
  callerName: person,
  callerAddress: z.nullable(humanLines(caseTextLengths.callerAddress).check(noGlucose("detail"))),
  callerPhone: z.nullable(
    humanText(caseTextLengths.callerPhone).check(
      noGlucose("detail"),
      z.refine((text) => /\p{Nd}/u.test(text), "no-digits"),
    ),
  ),
  /** What was said: the nature and details of the complaint. */
  nature: z.nullable(told(caseTextLengths.nature)),
  /** What was decided: the correction or action. */
  action: z.nullable(told(caseTextLengths.action)),
  reply: z.nullable(told(caseTextLengths.reply)),
  replacementSerial: z.nullable(replacement),
  /** The vendor's own number of the complaint. */
  vendorNumber: detail(vendorNumberMaxLength),
};

const text = z.nullable(z.string());
const keptFields = z.object({
  state: z.enum(caseStates),
  receivedAtMs: z.number(),
  device: text,
  callerName: text,
  callerAddress: text,
  callerPhone: text,
  nature: text,
  action: text,
  reply: text,
  replacementSerial: text,
  vendorNumber: text,
});
export type CaseFields = z.infer<typeof keptFields>;
const fieldNames = z.keyof(keptFields);

/** The body of `POST /api/cases`. Of whom the sensor is known to be is found here. */
export const newCase = z.strictObject({
  ...z.partial(z.object(writtenFields)).shape,
  serial,
  receivedAtMs,
  nature: told(caseTextLengths.nature),
  isReplacementSure,
});
export type NewCase = z.infer<typeof newCase>;

const isGiven = (value: unknown) => value !== undefined;

/**
 * The body of `PATCH /api/cases/{id}`. An absent field stays. `from` is what the fields were when the change was made:
 * where one is something else by now, nothing is changed.
 */
export const caseChange = z
  .strictObject({
    ...z.partial(z.object(writtenFields)).shape,
    from: z.optional(z.partial(keptFields)),
    isReplacementSure,
  })
  .check(
    z.refine(
      ({ from: _, isReplacementSure: _sure, ...fields }) => Object.values(fields).some(isGiven),
      "nothing",
    ),
  );
export type CaseChange = z.infer<typeof caseChange>;

/** The body of `POST /api/cases/{id}/calls`: another call about the same. */
export const newCall = z.strictObject({
  caller: z._default(person, null),
  said: told(caseTextLengths.nature),
});
export type NewCall = z.infer<typeof newCall>;

/** `name` is null where nobody here has this ID any more. */
const colleague = z.object({ id: z.string(), name: z.nullable(z.string()) });

/** A case without what the caller said and who they are. */
const caseSummary = z.object({
  id: z.string(),
  serial: z.string(),
  state: z.enum(caseStates),
  receivedAtMs: z.number(),
  changedAtMs: z.number(),
  openedBy: colleague,
  replacementSerial: text,
  /** The replacement is in a recall itself. */
  isReplacementRecalled: z.boolean(),
  vendorNumber: text,
  /** All calls of this case. */
  calls: z.number(),
  /** What the record of a complaint must hold and this one does not. */
  missing: z.array(z.enum(complaintParts)),
  /** The wearer, as known when the case was opened. `patientId` only for roles that may open the patient's page. */
  patient: z.nullable(
    z.object({ patientId: z.nullable(z.string()), name: z.string(), partnerUid: z.string() }),
  ),
});
export type CaseSummary = z.infer<typeof caseSummary>;

const call = z.object({
  id: z.string(),
  /** Which one it is of all calls about the sensor, from 1, those counted that were withdrawn. */
  number: z.number(),
  atMs: z.number(),
  by: colleague,
  caller: text,
  /** Null where none of the server's secrets opens it. */
  said: text,
});

const value = z.nullable(z.union([z.string(), z.number()]));
/** What somebody changed of a case at once; nothing where they opened it. */
const caseEdit = z.object({
  id: z.string(),
  atMs: z.number(),
  by: colleague,
  /** Null where none of the server's secrets opens it. */
  changes: z.nullable(
    z.array(
      z.object({
        /** `call` where a further call was corrected, or withdrawn: then it became null, and what it said is not told. */
        field: z.union([fieldNames, z.literal("call")]),
        was: value,
        became: value,
        /** What it was, or became, and is null here, would be refused today, or is of a call that was withdrawn: it is not told. */
        isWithheld: z.optional(z.boolean()),
        /** Of a call: when it was noted. */
        callAtMs: z.optional(z.number()),
      }),
    ),
  ),
});
export type CaseEdit = z.infer<typeof caseEdit>;

/** One case with all of it. */
export const sensorCase = z.extend(caseSummary, {
  ...keptFields.shape,
  /** None of the server's secrets opens what was written. */
  isUnreadable: z.boolean(),
  /** After the first one, the oldest first. */
  furtherCalls: z.array(call).check(z.maxLength(mostFurtherCalls)),
  /** The oldest first. A case from before histories were kept has none of its first changes. */
  history: z.array(caseEdit),
  /** Which one its first call is of all calls about the sensor, from 1, in the order in which they came. */
  number: z.number(),
  /** Of all cases about this sensor, without those that were withdrawn. */
  callsAboutSensor: z.number(),
  /** Calls that were withdrawn: the others keep their numbers. */
  callsWithdrawn: z._default(z.number(), 0),
  /** What is known of the sensor, at `askedAtMs`; null where the platform was not asked about it yet. */
  sensor: z.nullable(
    z.object({
      state: z.enum(deviceStates),
      boundAtMs: z.nullable(z.number()),
      activatedAtMs: z.nullable(z.number()),
      estimatedEndAtMs: z.nullable(z.number()),
      endedAtMs: z.nullable(z.number()),
      /** Its dates contradict each other, or data came from after its end: how long it was worn nobody knows. */
      isInDoubt: z.boolean(),
      askedAtMs: z.number(),
    }),
  ),
  box: deviceBox,
  /** The recalls that the sensor is in, the latest first. */
  recalls: z.array(z.object({ name: z.string(), createdAtMs: z.number() })),
  /** Whether the replacement is known to be bound to another of our patients than the wearer. */
  isReplacementElsewhere: z.boolean(),
  /** Whether the platform has never told of the replacement. */
  isReplacementUnknown: z.boolean(),
  /** By how many hours early it must have ended to be replaced free of charge; null where there is no such rule. */
  freeReplacementHours: z.nullable(z.number()),
  /** Whether it ended so early; null where there is no such rule, or its dates are not known. */
  isReplacedFree: z.nullable(z.boolean()),
});
export type SensorCase = z.infer<typeof sensorCase>;

/** `GET /api/patients/{id}/cases`: the newest first, fifty at most. */
export const casesAbout = z.object({
  cases: z.array(caseSummary),
  total: z.number(),
  /** Of all of them. */
  calls: z.number(),
});
export type CasesAbout = z.infer<typeof casesAbout>;

/** `GET /api/devices/{serial}/cases`. */
export const casesAboutSensor = z.extend(casesAbout, {
  /** By how many hours early it must have ended to be replaced free of charge; null where there is no such rule. */
  freeReplacementHours: z.nullable(z.number()),
  /** The cases whose sensor it replaces, the newest first. */
  replacementOf: z.array(z.object({ id: z.string(), serial: z.string(), receivedAtMs: z.number() })),
});
export type CasesAboutSensor = z.infer<typeof casesAboutSensor>;

/** The body of `POST /api/cases/search`; `before` is the `next` of the page before. */
export const caseQuery = z.strictObject({
  state: z.optional(z.enum(caseStates)),
  /** A part of a serial number or of the vendor's number. */
  q: z._default(z.string().check(z.trim(), z.maxLength(200, "too-long")), ""),
  before: z.optional(z.string().check(z.regex(/^\d{1,16}_[\w-]{1,64}$/, "unknown"))),
});
export type CaseQuery = z.infer<typeof caseQuery>;

/** The newest first. */
export const caseList = z.object({
  cases: z.array(caseSummary),
  next: z.nullable(z.string()),
  /** Of all there are, whatever is searched for, by their state. */
  counts: z.record(z.enum(caseStates), z.number()),
});
export type CaseList = z.infer<typeof caseList>;

/** The body of `POST /api/cases/export` is the same. Whole cases, for a file, `mostExportedCases` at a time. */
export const exportedCases = z.object({ cases: z.array(sensorCase), next: z.nullable(z.string()) });
export type ExportedCases = z.infer<typeof exportedCases>;

/** The query of `GET /api/cases/{id}/pdf`. */
export const casePdfQuery = z.strictObject({
  language: z.enum(["en", "zh-CN"], "choice"),
  paper: z.enum(["a4", "letter"], "choice"),
  /** Of the times in it. */
  zone: z.string("required").check(z.refine((zone) => zoneName(zone) !== null, "time-zone")),
});
export type CasePdfQuery = z.infer<typeof casePdfQuery>;
