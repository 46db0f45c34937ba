import type { CasePdfQuery, SensorCase } from "#contract/cases.ts";
import { caseReport } from "#report/case-report.ts";
import { patientReport } from "#report/patient/patient-report.ts";
import { reportedPeriod } from "#report/patient/reported-period.ts";
import type { Report } from "#report/report.ts";
import { sheetWords } from "#report/sheet-words.ts";
import { answerQuestions } from "../worker.ts";
import { type PatientQuestion, receivedReads } from "./patient-question.ts";
import { patientSpeech } from "./patient-speech.ts";
import { messagesIn } from "./words.ts";
import { writeReport } from "./write-report.ts";

interface CaseQuestion {
  kind: "case";
  of: SensorCase;
  asked: CasePdfQuery;
  nowMs: number;
}

/** What is to be told, and how; fonts of 20 MB are read for it. */
export type Question = CaseQuestion | PatientQuestion;

function reportOf(question: Question): Report {
  const { nowMs } = question;
  if (question.kind === "patient")
    return patientReport(reportedPeriod(receivedReads(question.reads)), patientSpeech(question.asked), nowMs);
  const { language, zone } = question.asked;
  return caseReport(question.of, { t: messagesIn(language, "cases"), language, zone }, nowMs);
}

answerQuestions((question: Question): Promise<Uint8Array<ArrayBuffer>> => {
  const { language, paper } = question.asked;
  const words = sheetWords(messagesIn(language, "ui"), messagesIn(language, "report"), language);
  return writeReport(reportOf(question), paper, words);
});
