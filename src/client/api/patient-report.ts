import type { LeafletQuery, PatientReportQuery } from "#contract/patient-report.ts";
import { pathOf } from "./patients.ts";
import { readFile } from "./read-file.ts";

/** A patient's period as a PDF file. */
export const readReport = (
  id: string,
  period: Record<string, string>,
  how: Pick<PatientReportQuery, "language" | "unit" | "paper"> &
    Partial<Pick<PatientReportQuery, "audience">>,
): Promise<Blob> => readFile(pathOf(id, `/report.pdf?${new URLSearchParams({ ...period, ...how })}`));

/** How a patient begins with a sensor, as a PDF file. */
export const readLeaflet = (id: string, how: LeafletQuery): Promise<Blob> =>
  readFile(pathOf(id, `/leaflet.pdf?${new URLSearchParams(how)}`));
