import pLimit from "p-limit";
import { Failure } from "../failure.ts";
import { createWorker } from "../worker.ts";
import { transferOf } from "./patient-question.ts";
import type { Question } from "./pdf-thread.ts";

const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };
/** Its fonts are given back when no file has been made for so long. */
const idleMs = 60_000;
/** Some 2,000 sheets. */
const longestMs = 20_000;
/** Seconds of work, each file's fraction of one. */
const mostWaiting = 20;

const askThread = createWorker<Question, Uint8Array<ArrayBuffer>>("pdf/pdf-thread", resourceLimits, idleMs);
/** So that the time of each is its own, and one that takes too long ends no other. */
const inTurn = pLimit(1);

export async function makePdf(question: Question): Promise<Uint8Array<ArrayBuffer>> {
  if (inTurn.pendingCount >= mostWaiting)
    throw new Failure("server-busy", { detail: "Too many files are asked for at once.", retryAfterS: 5 });
  const transfer = question.kind === "patient" ? transferOf(question) : [];
  return inTurn(() => askThread(question, { longestMs, transfer }));
}
