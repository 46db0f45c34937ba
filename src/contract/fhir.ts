import * as z from "zod/mini";

const localDate = /^\d{4}-\d{2}-\d{2}$/;
const reference = z.string().check(z.regex(/^(Patient\/)?[\w.-]{1,64}$/, "patient"));
const count = z._default(
  z.coerce.number("number").check(z.int("number"), z.gte(1, "number"), z.lte(1000, "too-many")),
  200,
);
/** How many were before this page; of the `next` link of another page. */
const offset = z._default(
  z.coerce.number("number").check(z.int("number"), z.gte(0, "number"), z.lte(1_000_000, "number")),
  0,
);

/** The longest time that is told at once. */
export const mostFhirDays = 90;

/** "ge2026-11-15", "le2026-11-28" or one day. */
const date = z.string().check(z.regex(/^(ge|le|eq)?\d{4}-\d{2}-\d{2}$/, "date"));

/** `GET /fhir/Observation` */
export const fhirObservationQuery = z.strictObject({
  patient: reference,
  /** Codes of LOINC, with its address before a bar or without, set apart by commas. */
  code: z.optional(z.string().check(z.regex(/^[^,]{1,80}(,[^,]{1,80}){0,19}$/, "code"))),
  /** Days by the patient's clock; the last 14 where there is none. */
  date: z.optional(z.union([date, z.array(date).check(z.maxLength(2, "too-many"))])),
  _count: count,
  _offset: offset,
});

/** `GET /fhir/DiagnosticReport`; in the language that Accept-Language asks for. */
export const fhirReportQuery = z.strictObject({
  patient: reference,
  date: z.optional(z.union([date, z.array(date).check(z.maxLength(2, "too-many"))])),
  /** Of glucose on the sheets. */
  unit: z._default(z.enum(["mmol/L", "mg/dL"], "choice"), "mmol/L"),
});

/** `GET /fhir/Device` */
export const fhirDeviceQuery = z.strictObject({ patient: reference, _count: count, _offset: offset });

/** So many values set apart by commas are looked for at once. */
export const mostTokens = 20;

/** `GET /fhir/Patient` */
export const fhirPatientQuery = z.strictObject({
  identifier: z.optional(z.string().check(z.minLength(1, "required"), z.maxLength(2000, "too-long"))),
  _id: z.optional(z.string().check(z.maxLength(2000, "too-long"))),
  _count: count,
  _offset: offset,
});

/** `GET /fhir/Patient/{id}/$summary`: whole days by the patient's clock, both within. */
export const fhirSummaryQuery = z.strictObject({
  start: z.string().check(z.regex(localDate, "date")),
  end: z.string().check(z.regex(localDate, "date")),
});
