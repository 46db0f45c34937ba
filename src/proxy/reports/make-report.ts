import type { Patient } from "#contract/patient.ts";
import { type Period, spanOf } from "#contract/period.ts";
import type { ReportsAsked } from "#contract/reports.ts";
import { localDayNamed } from "#glucose/local-time.ts";
import { spanOf as auditedSpan } from "../audit/view.ts";
import type { Audit } from "../audit/write.ts";
import { Failure } from "../failure.ts";
import { packReport } from "../pdf/make-pdf.ts";
import { isPassing } from "../platform/breaker.ts";
import { withDeadline } from "../platform/call-context.ts";
import type { PatientStore } from "../store/patients.ts";
import type { ReportStore, StoredReport, StoredReports } from "../store/reports.ts";
import { reportName } from "./file-names.ts";
import type { ReadPeriod } from "./read-period.ts";

interface MakeReportOptions {
  store: Pick<ReportStore, "setRow">;
  patients: Pick<PatientStore, "byId">;
  /** All of a period, or a failure. */
  readPeriod: ReadPeriod;
  audit: Audit;
  now: () => number;
}

const longestReadMs = 60_000;
/** So often a long period is read again of which a part could not be read; then the report says so. */
const mostPartReads = 3;

class PartRead extends Failure {
  constructor() {
    super("platform-timeout", { detail: "A part of the period could not be read." });
  }
}

/** An outage of the platform; a period that is never there whole is none. */
export const isOutage = (error: Failure): boolean => isPassing(error) && !(error instanceof PartRead);

export function periodFor(asked: ReportsAsked["period"], { timeZone }: Patient): Period {
  if ("days" in asked) return { kind: "last", days: asked.days };
  const first = localDayNamed(asked.from, timeZone);
  const last = localDayNamed(asked.to, timeZone);
  if (!first || !last) throw new Failure("range-invalid", { detail: "There is no such day there." });
  return { kind: "range", startMs: first.startMs, endMs: last.endMs };
}

/** Makes the report of one patient and keeps it; written into the trail before. */
export function createMakeReport({ store, patients, readPeriod, audit, now }: MakeReportOptions) {
  async function made(patient: Patient, { asked }: StoredReports, attempts: number) {
    const period = periodFor(asked.period, patient);
    const question = await withDeadline("list", longestReadMs, () => readPeriod(patient, period));
    const { history } = question.reads;
    if (history.unread.length > 0 && attempts < mostPartReads) throw new PartRead();
    const isEmpty = history.series.timeMs.length === 0;
    const { language, unit, paper, audience } = asked;
    const packed = await packReport({ ...question, asked: { language, unit, paper, audience } });
    const { startMs, endMs } = spanOf(period, question.nowMs, patient.timeZone);
    return {
      outcome: isEmpty ? ("empty" as const) : ("made" as const),
      report: { name: reportName(patient, { startMs, endMs }), packed },
      details: {
        ...auditedSpan(startMs, endMs, question.nowMs),
        file: "pdf",
        language,
        unit,
        paper,
        audience,
      },
    };
  }

  return async (job: StoredReports, { row, patientId, attempts }: StoredReport): Promise<void> => {
    const write = (outcome: "ok" | "failed", details?: Record<string, string | number>) =>
      audit({
        actor_id: job.startedBy?.id ?? null,
        actor_role: job.startedBy?.role ?? null,
        action: "patient.export",
        subject: patientId,
        outcome,
        details,
        request_id: `reports ${job.id}`,
        client_address: job.startedBy?.clientAddress ?? "",
      });
    const patient = await patients.byId(patientId);
    if (!patient) throw new Failure("patient-unknown", { detail: "No patient has this ID." });
    try {
      const { outcome, report, details } = await made(patient, job, attempts);
      await write("ok", details);
      await store.setRow(job.id, row, { outcome, report, trouble: null, doneAtMs: now() });
    } catch (error) {
      if (error instanceof Failure) await write("failed");
      throw error;
    }
  };
}
