import type { DiagnosticReport } from "@medplum/fhirtypes";
import { type Context, Hono } from "hono";
import { fhirReportQuery } from "#contract/fhir.ts";
import type { Patient } from "#contract/patient.ts";
import { toSearchset } from "#fhir/bundle.ts";
import { toReport } from "#fhir/report.ts";
import { laboratory } from "#fhir/terms.ts";
import { hasCoding, isAskedFor, parseTokens } from "#fhir/token.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { dayMs, type Span } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import { Failure } from "../failure.ts";
import { askedDays, dateOf, daysBetween } from "../fhir/asked-days.ts";
import type { createRecordReader } from "../fhir/record-reader.ts";
import { patientAsked, searchOf } from "../fhir/search.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import type { Letterhead } from "../pdf/letterhead.ts";
import { makePdf } from "../pdf/make-pdf.ts";
import type { ReadPeriod } from "../reports/read-period.ts";
import type { PatientStore } from "../store/patients.ts";
import { describeFhir, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";

export interface FhirReportOptions {
  patients: PatientStore;
  readPeriod: ReadPeriod;
  letterhead: Letterhead | null;
  limitReads: LimitReads;
  publicUrl: string | null;
  now: () => number;
}

const statuses = "http://hl7.org/fhir/diagnostic-report-status";

/** Of the ID of one whose glucose is in mg/dL; an ID has 64 characters. */
const massSuffix = "-mg";

/** In the language that is asked for as HTTP does. */
const languageOf = (c: Context) => (/^\s*zh\b/i.test(c.req.header("accept-language") ?? "") ? "zh-CN" : "en");

/** The printed report of some days within a resource of FHIR; none where there is no summary of them. */
export function createFhirReportRoute(
  { patients, readPeriod, letterhead, limitReads, publicUrl, now }: FhirReportOptions,
  record: ReturnType<typeof createRecordReader>,
): Hono<AppEnv> {
  /** What of a patient and some days is told; `isWanted` may leave it out before the file is made. */
  async function reportOf(
    c: Context<AppEnv>,
    found: Patient,
    span: Span,
    unit: GlucoseUnit,
    isWanted: (status: string) => boolean = () => true,
  ): Promise<DiagnosticReport | null> {
    const language = languageOf(c);
    const days = Math.round((span.endMs - span.startMs) / dayMs);
    const details = { resource: "DiagnosticReport", days, file: "pdf", language, unit };
    const look = { action: "patient-fhir.read", subject: found.id, details } as const;
    return auditLook(c, look, async () => {
      const [whole] = (await record.summary(found, span, await record.readingsIn(found, span))).summary;
      if (!whole || !isWanted(whole.status ?? "")) return null;
      const question = await readPeriod(found, { kind: "range", ...span });
      const pdf = await makePdf(
        { ...question, asked: { language, unit, paper: "a4", audience: "clinic" } },
        letterhead,
      );
      const told = {
        firstDate: localDateOf(span.startMs, found.timeZone),
        lastDate: localDateOf(span.endMs - 1, found.timeZone),
        isFinal: whole.status === "final",
      };
      const report = toReport(told, found, { data: Buffer.from(pdf).toString("base64"), language }, whole);
      return unit === "mg/dL" ? { ...report, id: `${report.id}${massSuffix}` } : report;
    });
  }

  const routes = new Hono<AppEnv>();
  routes.get(
    "/",
    limitReads,
    describeFhir("The report of some days as a PDF file, in FHIR", "Bundle"),
    valid("query", fhirReportQuery),
    async (c) => {
      const { date, unit, category, status, ...whose } = c.req.valid("query");
      const search = searchOf(c, publicUrl, Object.keys(fhirReportQuery.shape));
      const found = await recordOf(patients, patientAsked(whose, search.baseUrl));
      const span = askedDays(date, found, now());
      const one = await reportOf(
        c,
        found,
        span,
        unit,
        (own) =>
          (category === undefined || hasCoding(parseTokens(category), laboratory)) &&
          (status === undefined || isAskedFor(parseTokens(status), statuses, own)),
      );
      const page = { items: one ? [one] : [], offset: 0, count: 1, note: search.noteWith(span.taken) };
      const bundle = toSearchset(page, (report) => report, search.baseUrl, search.addressFrom);
      return c.body(JSON.stringify(bundle), 200, { "content-type": "application/fhir+json" });
    },
  );
  routes.get(
    "/:id",
    limitReads,
    describeFhir("A report as a PDF file, in FHIR", "DiagnosticReport"),
    async (c) => {
      const [, patientId, first, last, mass] =
        /^([\w-]{1,40})\.(\d{8})\.(\d{8})\.report(-mg)?$/.exec(c.req.param("id")) ?? [];
      const found = patientId && first && last ? await patients.byId(patientId) : null;
      const one =
        found &&
        (await reportOf(
          c,
          found,
          daysBetween(dateOf(first ?? ""), dateOf(last ?? ""), found),
          mass ? "mg/dL" : "mmol/L",
        ));
      if (!one) throw new Failure("not-found", { detail: "No DiagnosticReport has this ID." });
      return c.body(JSON.stringify(one), 200, { "content-type": "application/fhir+json" });
    },
  );
  return routes;
}
