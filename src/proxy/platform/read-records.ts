import { Failure } from "../failure.ts";
import { createWorker } from "../worker.ts";
import type { Answer } from "./answer.ts";
import type { Expected } from "./expected.ts";
import { type RecordsAnswer, recordsIfQuick } from "./records-answer.ts";
import type { Question, Reply } from "./records-thread.ts";

export type ReadRecords = (answer: Answer, expected: Expected) => Promise<RecordsAnswer>;

/** Three weeks of a sensor: its bytes are read in some milliseconds. */
const smallBytes = 2 * 1024 * 1024;
const hugeBytes = 4 * 1024 * 1024;
/** The readings of the largest body, and as much again while they are put in order. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };
const idleMs = 10_000;

const askThread = createWorker<Question, Reply>("platform/records-thread.ts", resourceLimits, idleMs);

async function inThread(answer: Answer, expected: Expected): Promise<RecordsAnswer> {
  // The memory is this answer's own (see `withBody`): it is handed over, not copied.
  const transfer = [answer.bytes.buffer as ArrayBuffer];
  const isLast = answer.bytes.byteLength > hugeBytes;
  const asked = askThread({ answer, expected }, { transfer, isLast });
  const reply = await asked.catch((cause: unknown) => {
    const detail = "The platform's answer could not be read here.";
    throw new Failure("platform-malformed", { detail, cause });
  });
  if ("found" in reply) return reply.found;
  throw new Failure(reply.failed.code, reply.failed.details);
}

/**
 * Reads an answer of glucose records. A large one, and one that has to be parsed and checked record by record, is read by a thread beside this one,
 * so that nobody else waits.
 */
export const readRecords: ReadRecords = async (answer, expected) => {
  const isSmall = answer.bytes.byteLength <= smallBytes;
  const found = isSmall ? recordsIfQuick(answer, expected) : null;
  return found ?? inThread(answer, expected);
};
