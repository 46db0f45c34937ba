import type { CasePdfQuery, SensorCase } from "#contract/cases.ts";
import { caseReport } from "#report/case-report.ts";
import { sheetWords } from "#report/sheet-words.ts";
import { answerQuestions } from "../worker.ts";
import { messagesIn } from "./words.ts";
import { writeReport } from "./write-report.ts";

/** What is to be told, and how; fonts of 20 MB are read for it. */
export interface Question {
  of: SensorCase;
  asked: CasePdfQuery;
  nowMs: number;
}

answerQuestions(
  ({ of, asked: { language, zone, paper }, nowMs }: Question): Promise<Uint8Array<ArrayBuffer>> => {
    const words = sheetWords(messagesIn(language, "ui"), messagesIn(language, "report"), language);
    const report = caseReport(of, { t: messagesIn(language, "cases"), language, zone }, nowMs);
    return writeReport(report, paper, words);
  },
);
