import * as z from "zod/mini";

const localDate = /^\d{4}-\d{2}-\d{2}$/;
/** Of a patient here: "ID", "Patient/ID", or with the address of this server before it. */
const reference = z
  .string()
  .check(
    z.maxLength(500, "too-long"),
    z.regex(/^(https?:\/\/[^\s|]+\/)?(Patient\/)?[\w.-]{1,64}$/, "patient"),
  );
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

/** "ge2026-11-15", "lt2026-11-28T08:00:00Z" or one day; a time of day has its zone. */
const date = z
  .string()
  .check(
    z.regex(
      /^(ge|le|gt|lt|eq)?\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+ -]\d{2}:\d{2}))?$/,
      "date",
    ),
  );
const dates = z.optional(z.union([date, z.array(date).check(z.maxLength(2, "too-many"))]));
const tokens = z.optional(z.string().check(z.minLength(1, "required"), z.maxLength(2000, "too-long")));

/** `GET /fhir/Observation` */
export const fhirObservationQuery = z.object({
  /** This or `subject`, which means the same. */
  patient: z.optional(reference),
  subject: z.optional(reference),
  /** Codes of LOINC, with its address before a bar or without, set apart by commas. */
  code: z.optional(z.string().check(z.regex(/^[^,]{1,120}(,[^,]{1,120}){0,19}$/, "code"))),
  /** Days by the patient's clock; the last 14 where there is none. */
  date: dates,
  category: tokens,
  status: tokens,
  _sort: z._default(z.enum(["date", "-date"], "choice"), "date"),
  _count: count,
  _offset: offset,
});

/** `GET /fhir/DiagnosticReport`; in the language that Accept-Language asks for. */
export const fhirReportQuery = z.object({
  patient: z.optional(reference),
  subject: z.optional(reference),
  date: dates,
  category: tokens,
  status: tokens,
  /** Of glucose on the sheets. */
  unit: z._default(z.enum(["mmol/L", "mg/dL"], "choice"), "mmol/L"),
});

/** `GET /fhir/Device` */
export const fhirDeviceQuery = z.object({ patient: reference, _count: count, _offset: offset });

/** So many values set apart by commas are looked for at once. */
export const mostTokens = 20;

/** `GET /fhir/Patient` */
export const fhirPatientQuery = z.object({
  identifier: z.optional(z.string().check(z.minLength(1, "required"), z.maxLength(2000, "too-long"))),
  _id: z.optional(z.string().check(z.maxLength(2000, "too-long"))),
  _count: count,
  _offset: offset,
});

/** `GET /fhir/Patient/{id}/$summary`: whole days by the patient's clock, both within. */
export const fhirSummaryQuery = z.strictObject({
  start: z.string().check(z.regex(localDate, "date")),
  end: z.string().check(z.regex(localDate, "date")),
  _format: z.optional(z.string().check(z.maxLength(100, "too-long"))),
});
