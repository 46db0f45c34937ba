import type { DiagnosticReport } from "@medplum/fhirtypes";
import type { Patient } from "#contract/patient.ts";
import { ownIdentifier, patientReference } from "./patient.ts";
import { codes, profileOf } from "./terms.ts";

export interface ReportFile {
  readonly pdfBase64: string;
  readonly language: string;
  readonly firstDate: string;
  readonly lastDate: string;
  /** Nothing of these days is expected any more. */
  readonly isFinal: boolean;
}

/** A report of some days as the file that it is. */
export function toReport(
  { pdfBase64, language, firstDate, lastDate, isFinal }: ReportFile,
  patient: Pick<Patient, "id" | "name">,
): DiagnosticReport {
  const name = `${`${firstDate}.${lastDate}`.replaceAll("-", "")}.pdf`;
  return {
    resourceType: "DiagnosticReport",
    id: `${patient.id}.${name}`,
    meta: { profile: [profileOf("cgm-summary-pdf")] },
    identifier: [ownIdentifier(patient.id, name)],
    status: isFinal ? "final" : "preliminary",
    code: codes.summary,
    subject: patientReference(patient),
    effectivePeriod: { start: firstDate, end: lastDate },
    presentedForm: [{ contentType: "application/pdf", language, data: pdfBase64 }],
  };
}
