import type { Transferable } from "node:worker_threads";
import pLimit from "p-limit";
import { Failure } from "../failure.ts";
import { createWorker } from "../worker.ts";
import type { Letterhead } from "./letterhead.ts";
import { type PatientQuestion, transferOf } from "./patient-question.ts";
import type { Asked, Question } from "./pdf-thread.ts";
import type { Paper } from "./sheets.ts";

const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };
/** Its fonts are given back when no file has been made for so long. */
const idleMs = 60_000;
/** Some 2,000 sheets. */
const longestMs = 20_000;
/** Seconds of work, each file's fraction of one. */
const mostWaiting = 20;

const askThread = createWorker<Asked, Uint8Array<ArrayBuffer>>("pdf/pdf-thread", resourceLimits, idleMs);
/** So that the time of each is its own, and one that takes too long ends no other. */
const inTurn = pLimit(1);

async function ask(
  question: Question,
  letterhead: Letterhead | null,
  transfer: Transferable[] = [],
): Promise<Uint8Array<ArrayBuffer>> {
  if (inTurn.pendingCount >= mostWaiting)
    throw new Failure("server-busy", { detail: "Too many files are asked for at once.", retryAfterS: 5 });
  return inTurn(() => askThread({ question, letterhead }, { longestMs, transfer }));
}

export const makePdf = (
  question: Question,
  letterhead: Letterhead | null,
): Promise<Uint8Array<ArrayBuffer>> =>
  ask(question, letterhead, question.kind === "patient" ? transferOf(question) : []);

/** A patient's report as plain data in few bytes, of which a file can be written later. */
export const packReport = (of: PatientQuestion): Promise<Uint8Array<ArrayBuffer>> =>
  ask({ kind: "pack", of }, null, transferOf(of));

/** A packed report as a PDF file. */
export const writePacked = (
  packed: Uint8Array,
  paper: Paper,
  letterhead: Letterhead | null,
): Promise<Uint8Array<ArrayBuffer>> => ask({ kind: "packed", packed, paper }, letterhead);

let lastBook = 0;

/** Packed reports as one PDF file, part by part as they are read; there is one at least. */
export async function* writeBook(
  count: number,
  paper: Paper,
  letterhead: Letterhead | null,
  reports: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  lastBook += 1;
  const id = lastBook;
  let isFirst = true;
  let isEnded = false;
  try {
    for await (const packed of reports) {
      yield await ask({ kind: "book", id, count, paper, isFirst, packed }, letterhead);
      isFirst = false;
    }
    yield await ask({ kind: "book", id, count, paper, isFirst, packed: null }, letterhead);
    isEnded = true;
  } finally {
    if (!isEnded) await ask({ kind: "drop", id }, null);
  }
}
