import type { PatientReportQuery } from "#contract/patient-report.ts";
import { pathOf } from "./patients.ts";
import { readFile } from "./read-file.ts";

/** A patient's period as a PDF file. */
export const readReport = (
  id: string,
  period: Record<string, string>,
  how: Pick<PatientReportQuery, "language" | "unit" | "paper"> &
    Partial<Pick<PatientReportQuery, "audience">>,
): Promise<Blob> => readFile(pathOf(id, `/report.pdf?${new URLSearchParams({ ...period, ...how })}`));
