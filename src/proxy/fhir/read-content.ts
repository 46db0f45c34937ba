import type { Device, DiagnosticReport, Observation } from "@medplum/fhirtypes";
import type { HealthLinkRequest } from "#contract/health-links.ts";
import type { Patient } from "#contract/patient.ts";
import { toReport } from "#fhir/report.ts";
import { dayMs } from "#glucose/time.ts";
import type { Letterhead } from "../pdf/letterhead.ts";
import { makePdf } from "../pdf/make-pdf.ts";
import type { ReadPeriod } from "../reports/read-period.ts";
import { daysBetween } from "./asked-days.ts";
import type { createRecordReader } from "./record-reader.ts";

export interface ReadContentOptions {
  record: ReturnType<typeof createRecordReader>;
  readPeriod: ReadPeriod;
  letterhead: Letterhead | null;
  now: () => number;
}

interface Content {
  readonly devices: readonly Device[];
  /** None where there are fewer than two readings. */
  readonly summary: readonly Observation[];
  /** With the PDF file in it. */
  readonly report: DiagnosticReport;
}

/** What is told of some days, all of it; rejects with a Failure where it could not be read. */
export async function readContent(
  { record, readPeriod, letterhead, now }: ReadContentOptions,
  patient: Patient,
  { firstDate, lastDate }: { firstDate: string; lastDate: string },
  asked: Pick<HealthLinkRequest, "language" | "unit" | "paper">,
): Promise<Content> {
  const span = daysBetween(firstDate, lastDate, patient);
  const { devices, summary } = await record.summary(patient, span, await record.readingsIn(patient, span));
  const read = await readPeriod(patient, { kind: "range", ...span });
  const pdf = await makePdf({ ...read, asked: { ...asked, audience: "clinic" } }, letterhead);
  const report = toReport(
    { firstDate, lastDate, isFinal: span.endMs + dayMs <= now() },
    patient,
    { data: Buffer.from(pdf).toString("base64"), language: asked.language },
    summary[0],
  );
  return { devices, summary, report };
}
