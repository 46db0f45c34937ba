import { Hono } from "hono";
import { leafletQuery, patientReportQuery, periodAsked } from "#contract/patient-report.ts";
import { spanOf as periodSpanOf, readSpanOf } from "#contract/period.ts";
import { localDateOf } from "#glucose/local-time.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook, spanOf } from "../audit/view.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import type { Letterhead } from "../pdf/letterhead.ts";
import { makePdf } from "../pdf/make-pdf.ts";
import type { ReadPeriod } from "../reports/read-period.ts";
import type { PatientStore } from "../store/patients.ts";
import { describeFile, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";

export interface PatientReportOptions {
  patients: PatientStore;
  readPeriod: ReadPeriod;
  letterhead: Letterhead | null;
  limitReads: LimitReads;
  now: () => number;
}

const pdf = "application/pdf";

/** A patient's period, and what they need to begin, as PDF files. Their names have the days and nobody. */
export function createPatientReportRoute(options: PatientReportOptions): Hono<AppEnv> {
  const { patients, readPeriod, letterhead, limitReads, now } = options;
  const routes = new Hono<AppEnv>();
  routes.get(
    "/:id/report.pdf",
    limitReads,
    describeFile("A patient's period as a PDF file", pdf),
    valid("query", patientReportQuery),
    async (c) => {
      const asked = c.req.valid("query");
      const { language, unit, paper, audience } = asked;
      const found = await recordOf(patients, c.req.param("id"));
      const period = periodAsked(asked);
      const read = readSpanOf(period, now());
      const details = {
        ...spanOf(read.startMs, read.endMs, now()),
        file: "pdf",
        language,
        unit,
        paper,
        audience,
      };
      const look = { action: "patient.export", subject: found.id, details } as const;
      const bytes = await auditLook(c, look, async () =>
        makePdf(
          { ...(await readPeriod(found, period)), asked: { language, unit, paper, audience } },
          letterhead,
        ),
      );
      const { startMs, endMs } = periodSpanOf(period, now(), found.timeZone);
      const days = [startMs, endMs - 1].map((timeMs) => localDateOf(timeMs, found.timeZone));
      return c.body(bytes, 200, {
        "content-type": pdf,
        "content-disposition": `attachment; filename="${audience === "patient" ? "sheet" : "glucose"}-${days.join("-to-")}.pdf"`,
      });
    },
  );
  routes.get(
    "/:id/leaflet.pdf",
    describeFile("What a patient needs to begin with a sensor, as a PDF file", pdf),
    valid("query", leafletQuery),
    async (c) => {
      const asked = c.req.valid("query");
      const { id, name, dateOfBirth, hospitalNumber, partnerUid } = await recordOf(
        patients,
        c.req.param("id"),
      );
      const details = { file: "pdf", content: "leaflet", ...asked };
      const bytes = await auditLook(c, { action: "patient.export", subject: id, details }, () =>
        makePdf(
          { kind: "leaflet", patient: { name, dateOfBirth, hospitalNumber, partnerUid }, asked },
          letterhead,
        ),
      );
      return c.body(bytes, 200, {
        "content-type": pdf,
        "content-disposition": 'attachment; filename="leaflet.pdf"',
      });
    },
  );
  return routes;
}
