import { toReadings } from "#contract/readings.ts";
import { Failure } from "../failure.ts";
import { createWorker } from "../worker.ts";
import type { Answer } from "./answer.ts";
import type { Expected, Records } from "./records.ts";
import { type RecordsAnswer, recordsOf } from "./records-answer.ts";
import type { Question, Reply } from "./records-thread.ts";

export type ReadRecords = (
  answer: Answer,
  expected: Expected,
) => Promise<Records & Pick<RecordsAnswer, "openId">>;

/** A day of a sensor: whatever a body of this size holds is read in some milliseconds. */
const smallBytes = 128 * 1024;
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
 * Reads an answer of glucose records. A large one is read by a thread beside this one, so that nobody else waits while thousands of records
 * are parsed and checked, whatever they hold.
 */
export const readRecords: ReadRecords = async (answer, expected) => {
  const isSmall = answer.bytes.byteLength <= smallBytes;
  const { columns, ...rest } = isSmall ? recordsOf(answer, expected) : await inThread(answer, expected);
  return { ...rest, readings: toReadings(columns) };
};
