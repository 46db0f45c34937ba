import type { PatientSpeech } from "#report/patient/reported.ts";
import type { Preferences } from "#words/preferences.ts";
import { messagesIn } from "./words.ts";

/** The words of a patient's page, in a language and a unit. */
export const patientSpeech = ({ language, unit }: Preferences): PatientSpeech => ({
  language,
  unit,
  page: messagesIn(language, "patient", "page"),
  details: messagesIn(language, "details"),
  define: messagesIn(language, "details", "definitions"),
  curve: messagesIn(language, "chart", "curve"),
  targets: messagesIn(language, "domain", "targets"),
  failure: messagesIn(language, "domain", "failure"),
  report: messagesIn(language, "report"),
  sheet: messagesIn(language, "report", "sheet"),
});
