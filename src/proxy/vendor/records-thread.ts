import { parentPort } from "node:worker_threads";
import { Failure } from "../failure.ts";
import type { Answer } from "./answer.ts";
import type { Expected } from "./records.ts";
import { type RecordsAnswer, recordsOf } from "./records-answer.ts";

/** Large answers of glucose records are read here, beside the thread that answers everybody (see read-records.ts). */
export interface Question {
  id: number;
  answer: Answer;
  expected: Expected;
}

export type Reply = { id: number } & (
  | { found: RecordsAnswer }
  | { failed: Pick<Failure, "code"> & { details: Omit<Failure["details"], "cause"> } }
);

function reply({ id, answer, expected }: Question): Reply {
  try {
    return { id, found: recordsOf(answer, expected) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { cause: _, ...details } = error.details;
    return { id, failed: { code: error.code, details } };
  }
}

parentPort?.on("message", (question: Question) => parentPort?.postMessage(reply(question)));
