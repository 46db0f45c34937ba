import { type Context, Hono } from "hono";
import { fhirReportQuery } from "#contract/fhir.ts";
import { toSearchset } from "#fhir/bundle.ts";
import { toReport } from "#fhir/report.ts";
import { laboratory } from "#fhir/terms.ts";
import { hasCoding, isAskedFor, parseTokens } from "#fhir/token.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { dayMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import { askedDays } from "../fhir/asked-days.ts";
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

/** In the language that is asked for as HTTP does. */
const languageOf = (c: Context) => (/^\s*zh\b/i.test(c.req.header("accept-language") ?? "") ? "zh-CN" : "en");

/** The printed report of some days within a resource of FHIR; none where there is no summary of them. */
export function createFhirReportRoute(
  { patients, readPeriod, letterhead, limitReads, publicUrl, now }: FhirReportOptions,
  record: ReturnType<typeof createRecordReader>,
): Hono<AppEnv> {
  return new Hono<AppEnv>().get(
    "/",
    limitReads,
    describeFhir("The report of some days as a PDF file, in FHIR", "Bundle"),
    valid("query", fhirReportQuery),
    async (c) => {
      const { date, unit, category, status, ...whose } = c.req.valid("query");
      const search = searchOf(c, publicUrl, Object.keys(fhirReportQuery.shape));
      const found = await recordOf(patients, patientAsked(whose, search.baseUrl));
      const span = askedDays(date, found, now());
      const language = languageOf(c);
      const days = Math.round((span.endMs - span.startMs) / dayMs);
      const details = { resource: "DiagnosticReport", days, file: "pdf", language, unit };
      const look = { action: "patient-fhir.read", subject: found.id, details } as const;
      const items = await auditLook(c, look, async () => {
        const [whole] = (await record.summary(found, span, await record.readingsIn(found, span))).summary;
        if (!whole) return [];
        if (category !== undefined && !hasCoding(parseTokens(category), laboratory)) return [];
        const told = {
          firstDate: localDateOf(span.startMs, found.timeZone),
          lastDate: localDateOf(span.endMs - 1, found.timeZone),
          isFinal: whole.status === "final",
        };
        if (status !== undefined && !isAskedFor(parseTokens(status), statuses, whole.status ?? "")) return [];
        const question = await readPeriod(found, { kind: "range", ...span });
        const pdf = await makePdf(
          { ...question, asked: { language, unit, paper: "a4", audience: "clinic" } },
          letterhead,
        );
        return [toReport(told, found, { data: Buffer.from(pdf).toString("base64"), language }, whole)];
      });
      const page = { items, offset: 0, count: 1, note: search.noteWith(span.taken) };
      const bundle = toSearchset(page, (one) => one, search.baseUrl, search.addressFrom);
      return c.body(JSON.stringify(bundle), 200, { "content-type": "application/fhir+json" });
    },
  );
}
