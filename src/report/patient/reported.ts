import type { Patient } from "#contract/patient.ts";
import type { Stale } from "#contract/problem.ts";
import type { LeftOut } from "#contract/readings.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Span } from "#glucose/time.ts";
import type { Messages } from "#words/messages.ts";
import type { Preferences } from "#words/preferences.ts";
import type { Read } from "./merge-reads.ts";
import type { PeriodData } from "./period-data.ts";

/** Whose report it is. */
export type ReportedPatient = Pick<
  Patient,
  "name" | "dateOfBirth" | "hospitalNumber" | "partnerUid" | "targets" | "timeZone"
>;

/** What is known of a patient's period. */
export interface Reported {
  readonly patient: ReportedPatient;
  readonly data: PeriodData;
  readonly gaps: readonly Gap[];
  readonly leftOut: LeftOut;
  /** Parts of the period that could not be read. */
  readonly unread: readonly Span[];
  /** The platform could not be read; this is what it said before. */
  readonly stale: Stale | null;
  /** What was read apart of the days that the period has a part of, by their midnights. */
  readonly dayReads: ReadonlyMap<number, Read>;
}

/** In which words, language and unit. */
export interface PatientSpeech extends Preferences {
  readonly page: Messages<"patient", "page">;
  readonly details: Messages<"details">;
  readonly define: Messages<"details", "definitions">;
  readonly curve: Messages<"chart", "curve">;
  readonly targets: Messages<"domain", "targets">;
  readonly failure: Messages<"domain", "failure">;
  readonly report: Messages<"report">;
  readonly sheet: Messages<"report", "sheet">;
}
