import { type Context, Hono } from "hono";
import { fhirReportQuery } from "#contract/fhir.ts";
import { toSearchset } from "#fhir/bundle.ts";
import { toReport } from "#fhir/report.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { dayMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import { askedDays } from "../fhir/asked-days.ts";
import type { createRecordReader } from "../fhir/record-reader.ts";
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
  now: () => number;
}

/** In the language that is asked for as HTTP does. */
const languageOf = (c: Context) => (/^\s*zh\b/i.test(c.req.header("accept-language") ?? "") ? "zh-CN" : "en");

/** The printed report of some days within a resource of FHIR; none where there is no summary of them. */
export function createFhirReportRoute(
  { patients, readPeriod, letterhead, limitReads, now }: FhirReportOptions,
  record: ReturnType<typeof createRecordReader>,
  where: { baseUrl: (c: Context) => string; addressFrom: (c: Context) => (offset: number) => string },
): Hono<AppEnv> {
  return new Hono<AppEnv>().get(
    "/",
    limitReads,
    describeFhir("The report of some days as a PDF file, in FHIR", "Bundle"),
    valid("query", fhirReportQuery),
    async (c) => {
      const { patient, date, unit } = c.req.valid("query");
      const found = await recordOf(patients, patient.replace(/^Patient\//, ""));
      const span = askedDays(date, found, now());
      const language = languageOf(c);
      const days = Math.round((span.endMs - span.startMs) / dayMs);
      const details = { resource: "DiagnosticReport", days, file: "pdf", language, unit };
      const look = { action: "patient-fhir.read", subject: found.id, details } as const;
      const items = await auditLook(c, look, async () => {
        const [whole] = (await record.summary(found, span, await record.readingsIn(found, span))).summary;
        if (!whole) return [];
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
        return [toReport(told, found, { data: Buffer.from(pdf).toString("base64"), language }, whole)];
      });
      const page = { items, offset: 0, count: 1 };
      const bundle = toSearchset(page, (one) => one, where.baseUrl(c), where.addressFrom(c));
      return c.body(JSON.stringify(bundle), 200, { "content-type": "application/fhir+json" });
    },
  );
}
