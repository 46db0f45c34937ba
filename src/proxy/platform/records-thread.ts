import { Failure } from "../failure.ts";
import { answerQuestions } from "../worker.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { type RecordsAnswer, recordsOf } from "./records-answer.ts";

/** Large answers of glucose records are read here (see read-records.ts). */
export interface Question {
  answer: Answer;
  asked: Asked;
}

export type Reply =
  | { found: RecordsAnswer }
  | { failed: Pick<Failure, "code"> & { details: Omit<Failure["details"], "cause"> } };

answerQuestions(({ answer, asked }: Question): Reply => {
  try {
    return { found: recordsOf(answer, asked) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { cause: _, ...details } = error.details;
    return { failed: { code: error.code, details } };
  } finally {
    // Given back now, not when this thread next tidies up.
    const { buffer } = answer.bytes;
    if (buffer instanceof ArrayBuffer) buffer.transfer(0);
  }
});
