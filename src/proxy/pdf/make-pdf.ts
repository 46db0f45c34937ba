import pLimit from "p-limit";
import { createWorker } from "../worker.ts";
import type { Question } from "./pdf-thread.ts";

const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };
/** Its fonts are given back when no file has been made for so long. */
const idleMs = 60_000;
/** Some 1,000 sheets. */
const longestMs = 20_000;

const askThread = createWorker<Question, Uint8Array<ArrayBuffer>>("pdf/pdf-thread", resourceLimits, idleMs);
/** So that the time of each is its own, and one that takes too long ends no other. */
const inTurn = pLimit(1);

export const makePdf = (question: Question): Promise<Uint8Array<ArrayBuffer>> =>
  inTurn(() => askThread(question, { longestMs }));
