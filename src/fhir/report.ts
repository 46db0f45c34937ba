import type { DiagnosticReport, Observation } from "@medplum/fhirtypes";
import type { Patient } from "#contract/patient.ts";
import { ownIdentifier, patientReference } from "./patient.ts";
import { codes, laboratory, profileOf } from "./terms.ts";

export interface ReportedDays {
  /** "2026-11-15", both within. */
  readonly firstDate: string;
  readonly lastDate: string;
  /** Nothing of these days is expected any more. */
  readonly isFinal: boolean;
}

/** Some days as sheets to be read, and the summary of them where there is one; `data` is the file in base64. */
export function toReport(
  { firstDate, lastDate, isFinal }: ReportedDays,
  patient: Pick<Patient, "id" | "name">,
  { data, language }: { data: string; language: string },
  summary: Observation | undefined,
): DiagnosticReport {
  const name = `${firstDate}.${lastDate}.report`.replaceAll("-", "");
  return {
    resourceType: "DiagnosticReport",
    id: `${patient.id}.${name}`,
    meta: { profile: [profileOf("cgm-summary-pdf")] },
    identifier: [ownIdentifier(patient.id, name)],
    status: isFinal ? "final" : "preliminary",
    category: [laboratory],
    code: codes.summary,
    subject: patientReference(patient),
    effectivePeriod: { start: firstDate, end: lastDate },
    ...(summary && { result: [{ reference: `Observation/${summary.id}` }] }),
    presentedForm: [{ contentType: "application/pdf", language, data }],
  };
}
