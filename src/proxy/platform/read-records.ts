import { Failure } from "../failure.ts";
import { createWorker } from "../worker.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { type RecordsAnswer, recordsIfQuick } from "./records-answer.ts";
import type { Question, Reply } from "./records-thread.ts";

export type ReadRecords = (answer: Answer, asked: Asked) => Promise<RecordsAnswer>;

/** Three weeks of a sensor: its bytes are read in some ten milliseconds. */
const smallBytes = 2 * 1024 * 1024;
/** A fifth of this thread's time. */
const bytesPerMs = 50_000;
const hugeBytes = 4 * 1024 * 1024;
/** The readings of the largest body, and as much again while they are put in order. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };
const idleMs = 10_000;

const askThread = createWorker<Question, Reply>("platform/records-thread", resourceLimits, idleMs);

async function inThread(answer: Answer, asked: Asked): Promise<RecordsAnswer> {
  // The memory is this answer's own (see `withBody`): it is handed over, not copied.
  const transfer = [answer.bytes.buffer as ArrayBuffer];
  const isLast = answer.bytes.byteLength > hugeBytes;
  const reading = askThread({ answer, asked }, { transfer, isLast });
  const reply = await reading.catch((cause: unknown) => {
    const detail = "The platform's answer could not be read here.";
    throw new Failure("platform-malformed", { detail, cause });
  });
  if ("found" in reply) return reply.found;
  throw new Failure(reply.failed.code, reply.failed.details);
}

/**
 * Reads answers of glucose records: small ones here, for as long as they are not many. A large one, one that
 * has to be parsed and checked record by record, and what is more than this thread has time for is read by
 * one beside it, so that nobody else waits.
 */
export function createReadRecords(): ReadRecords {
  let recentBytes = 0;
  let atMs = 0;

  function isTimeFor(bytes: number): boolean {
    const nowMs = performance.now();
    recentBytes = Math.max(0, recentBytes - Math.max(0, nowMs - atMs) * bytesPerMs);
    atMs = nowMs;
    if (recentBytes + bytes > smallBytes) return false;
    recentBytes += bytes;
    return true;
  }

  return async (answer, asked) => {
    const found = isTimeFor(answer.bytes.byteLength) ? recordsIfQuick(answer, asked) : null;
    return found ?? inThread(answer, asked);
  };
}
