import type { CodeableConcept, Resource } from "@medplum/fhirtypes";
import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import type * as z from "zod/mini";
import { fhirDeviceQuery, fhirObservationQuery, fhirSummaryQuery } from "#contract/fhir.ts";
import { problem } from "#contract/problem.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { toCollection, toSearchset } from "#fhir/bundle.ts";
import { capabilityStatement, summaryDefinition } from "#fhir/capability.ts";
import { toOutcome } from "#fhir/outcome.ts";
import { toPatient } from "#fhir/patient.ts";
import { toSensorReading } from "#fhir/sensor-reading.ts";
import { codes, readingCodes } from "#fhir/terms.ts";
import { isAskedFor, parseTokens } from "#fhir/token.ts";
import type { Reading } from "#glucose/reading.ts";
import { dayMs } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { askedDays, daysBetween } from "../fhir/asked-days.ts";
import { createRecordReader, type RecordReaderOptions } from "../fhir/record-reader.ts";
import { createOnError } from "../http/problems.ts";
import type { PatientStore } from "../store/patients.ts";
import { createFhirPatientRoutes } from "./fhir-patient.ts";
import { createFhirReportRoute, type FhirReportOptions } from "./fhir-report.ts";
import { describeFhir, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";

export interface FhirRoutesOptions extends RecordReaderOptions, FhirReportOptions {
  patients: PatientStore;
  requireRole: RequireRole;
  publicUrl: string | null;
  log: Logger;
}

const mediaType = "application/fhir+json";
const { readingMass: _mass, readingMoles: _moles, ...summaryOnly } = codes;
const summaryCodes = Object.values(summaryOnly);

const baseUrlOf = (c: Context, publicUrl: string | null) => `${publicUrl ?? new URL(c.req.url).origin}/fhir`;

async function answerSummary(
  c: Context<AppEnv>,
  { patients, publicUrl, now }: Pick<FhirRoutesOptions, "patients" | "publicUrl" | "now">,
  record: ReturnType<typeof createRecordReader>,
  id: string,
  { start, end }: z.infer<typeof fhirSummaryQuery>,
): Promise<Response> {
  const found = await recordOf(patients, id);
  const span = daysBetween(start, end, found);
  const details = { resource: "Bundle", days: Math.round((span.endMs - span.startMs) / dayMs) };
  const look = { action: "patient-fhir.read", subject: found.id, details } as const;
  const { devices, summary } = await auditLook(c, look, async () =>
    record.summary(found, span, await record.readingsIn(found, span)),
  );
  const resources = [toPatient(found), ...devices, ...summary];
  const bundle = toCollection(resources, baseUrlOf(c, publicUrl), Math.min(span.endMs, now()));
  return c.body(JSON.stringify(bundle), 200, {
    "content-type": mediaType,
    "content-disposition": `attachment; filename="cgm-summary-${start}-${end}.json"`,
  });
}

/** What a health record's programs may ask for: patients, their sensors and readings, and summaries of days, as FHIR. */
export function createFhirRoutes(options: FhirRoutesOptions): Hono<AppEnv> {
  const { patients, limitReads, requireRole, publicUrl, log, now } = options;
  const record = createRecordReader(options);
  const baseUrl = (c: Context) => baseUrlOf(c, publicUrl);
  const addressFrom = (c: Context) => (offset: number) => {
    const { pathname, searchParams } = new URL(c.req.url);
    if (offset > 0) searchParams.set("_offset", String(offset));
    return `${baseUrl(c)}${pathname.replace(/^\/fhir/, "")}?${searchParams}`;
  };
  const answer = (c: Context, resource: Resource, status: ContentfulStatusCode = 200) =>
    c.body(JSON.stringify(resource), status, { "content-type": mediaType });

  const routes = new Hono<AppEnv>();
  const onError = createOnError(log);
  routes.onError(async (error, c) => {
    const failed = onError(error, c);
    const body = problem.safeParse(
      await failed
        .clone()
        .json()
        .catch(() => null),
    );
    if (!body.success) return failed;
    const { detail, fields = [] } = body.data;
    const named = fields.map(({ field, reason }) => `${field}: ${reason}`).join("; ");
    const headers = new Headers(failed.headers);
    headers.set("content-type", mediaType);
    return new Response(JSON.stringify(toOutcome(failed.status, [detail, named].filter(Boolean).join(" "))), {
      status: failed.status,
      headers,
    });
  });

  routes.get("/metadata", describeFhir("What can be asked for as FHIR", "CapabilityStatement"), (c) =>
    answer(c, capabilityStatement(baseUrl(c))),
  );
  routes.get("/OperationDefinition/summary", describeFhir("What $summary is", "OperationDefinition"), (c) =>
    answer(c, summaryDefinition(baseUrl(c))),
  );
  routes.use(requireRole(...glucoseRoles));

  routes.route("/Patient", createFhirPatientRoutes(options, { baseUrl, addressFrom }));

  routes.get(
    "/Device",
    describeFhir("The sensors of a patient, as FHIR", "Bundle"),
    valid("query", fhirDeviceQuery),
    async (c) => {
      const { patient, _count: count, _offset: offset } = c.req.valid("query");
      const found = await recordOf(patients, patient.replace(/^Patient\//, ""));
      const look = {
        action: "patient-fhir.read",
        subject: found.id,
        details: { resource: "Device" },
      } as const;
      const items = await auditLook(c, look, () => record.devices(found));
      return answer(
        c,
        toSearchset({ items, offset, count }, (one) => one, baseUrl(c), addressFrom(c)),
      );
    },
  );

  routes.get(
    "/Observation",
    limitReads,
    describeFhir("The summary of some days and the readings of a patient, as FHIR", "Bundle"),
    valid("query", fhirObservationQuery),
    async (c) => {
      const { patient, code, date, _count: count, _offset: offset } = c.req.valid("query");
      const found = await recordOf(patients, patient.replace(/^Patient\//, ""));
      const span = askedDays(date, found, now());
      const wanted = code === undefined ? undefined : parseTokens(code);
      const has = ({ coding = [] }: CodeableConcept) =>
        wanted === undefined || coding.some(({ system, code = "" }) => isAskedFor(wanted, system, code));
      const hasMass = wanted !== undefined && has(codes.readingMass);
      // Whoever asks for all codes of LOINC has not asked for a unit.
      const isMass = hasMass && wanted.some(({ value }) => value === readingCodes["mg/dL"]);
      const unit: GlucoseUnit = isMass ? "mg/dL" : "mmol/L";
      const hasReadings = isMass || has(codes.readingMoles);
      const details = {
        resource: "Observation",
        days: Math.round((span.endMs - span.startMs) / dayMs),
        ...(wanted && {
          codes: wanted
            .map(({ value }) => value)
            .join(" ")
            .slice(0, 200),
        }),
      };
      const look = { action: "patient-fhir.read", subject: found.id, details } as const;
      // A page of readings alone, of which there are many, reckons no summary.
      const hasSummary = summaryCodes.some(has);
      const { summary, readings } = await auditLook(c, look, async () => {
        const readings = await record.readingsIn(found, span);
        return { readings, summary: hasSummary ? (await record.summary(found, span, readings)).summary : [] };
      });
      type Item = (typeof summary)[number] | Reading;
      const items: Item[] = [...summary.filter((one) => has(one.code)), ...(hasReadings ? readings : [])];
      const toResource = (item: Item) => ("resourceType" in item ? item : toSensorReading(item, found, unit));
      return answer(c, toSearchset({ items, offset, count }, toResource, baseUrl(c), addressFrom(c)));
    },
  );

  routes.get(
    "/Patient/:id/$summary",
    limitReads,
    describeFhir("A patient, their sensors and the summary of some days in one FHIR bundle", "Bundle"),
    valid("query", fhirSummaryQuery),
    (c) => answerSummary(c, options, record, c.req.param("id"), c.req.valid("query")),
  );

  routes.route("/DiagnosticReport", createFhirReportRoute(options, record, { baseUrl, addressFrom }));

  routes.all("*", () => {
    throw new Failure("not-found", {
      detail: "Nothing of this kind is told here; /fhir/metadata says what is.",
    });
  });
  return routes;
}

/** The same as a file, for the patient's page. */
export function createPatientFhirRoute(options: FhirRoutesOptions): Hono<AppEnv> {
  const record = createRecordReader(options);
  return new Hono<AppEnv>().get(
    "/:id/fhir",
    options.requireRole(...glucoseRoles),
    options.limitReads,
    describeFhir("A patient, their sensors and the summary of some days as a FHIR bundle", "Bundle"),
    valid("query", fhirSummaryQuery),
    (c) => answerSummary(c, options, record, c.req.param("id"), c.req.valid("query")),
  );
}
