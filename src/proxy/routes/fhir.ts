import type { Resource } from "@medplum/fhirtypes";
import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import type * as z from "zod/mini";
import { fhirSummaryQuery } from "#contract/fhir.ts";
import { problem } from "#contract/problem.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { toCollection } from "#fhir/bundle.ts";
import { capabilityStatement, summaryDefinition } from "#fhir/capability.ts";
import { toOutcome } from "#fhir/outcome.ts";
import { toPatient } from "#fhir/patient.ts";
import { dayMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { daysBetween } from "../fhir/asked-days.ts";
import { createRecordReader, type RecordReaderOptions } from "../fhir/record-reader.ts";
import { baseUrlOf, takesJson } from "../fhir/search.ts";
import { createOnError } from "../http/problems.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";
import { createFhirDeviceRoutes } from "./fhir-device.ts";
import { createFhirObservationRoutes } from "./fhir-observation.ts";
import { createFhirPatientRoutes } from "./fhir-patient.ts";
import { createFhirReportRoute, type FhirReportOptions } from "./fhir-report.ts";
import { describeFhir, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";

export interface FhirRoutesOptions extends RecordReaderOptions, FhirReportOptions {
  patients: PatientStore;
  sensors: SensorStore;
  requireRole: RequireRole;
  publicUrl: string | null;
  log: Logger;
}

const mediaType = "application/fhir+json";
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
  const { limitReads, requireRole, publicUrl, log } = options;
  const record = createRecordReader(options);
  const baseUrl = (c: Context) => baseUrlOf(c, publicUrl);
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

  routes.use(async function requireJsonTaken(c, next) {
    if (takesJson(c)) return next();
    return answer(c, toOutcome(406, "Only JSON is told here: application/fhir+json, or _format=json."), 406);
  });
  routes.get("/metadata", describeFhir("What can be asked for as FHIR", "CapabilityStatement"), (c) =>
    answer(c, capabilityStatement(baseUrl(c))),
  );
  routes.get("/OperationDefinition/summary", describeFhir("What $summary is", "OperationDefinition"), (c) =>
    answer(c, summaryDefinition(baseUrl(c))),
  );
  routes.use(requireRole(...glucoseRoles));

  routes.route("/Patient", createFhirPatientRoutes(options));
  routes.route("/Device", createFhirDeviceRoutes(options, record));
  routes.route("/Observation", createFhirObservationRoutes(options, record));
  routes.get(
    "/Patient/:id/$summary",
    limitReads,
    describeFhir("A patient, their sensors and the summary of some days in one FHIR bundle", "Bundle"),
    valid("query", fhirSummaryQuery),
    (c) => answerSummary(c, options, record, c.req.param("id"), c.req.valid("query")),
  );

  routes.route("/DiagnosticReport", createFhirReportRoute(options, record));

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
