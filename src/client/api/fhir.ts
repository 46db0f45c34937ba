import { readFile } from "./read-file.ts";

/** A patient, their sensors and the summary of whole days by their clock, both within. */
export const readFhirBundle = (id: string, days: { start: string; end: string }): Promise<Blob> =>
  readFile(`/api/patients/${encodeURIComponent(id)}/fhir?${new URLSearchParams(days)}`);
