import { Worker } from "node:worker_threads";
import { toReadings } from "#contract/readings.ts";
import { Failure } from "../failure.ts";
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
/** The largest body takes some 150 MB while it is read. */
const mostMegabytes = 256;

interface Waiting {
  done: (found: RecordsAnswer) => void;
  failed: (error: Failure) => void;
}

/** The thread that reads large answers, begun at the first one and anew after one that it did not survive. */
let thread: { worker: Worker; waiting: Map<number, Waiting> } | null = null;
let lastId = 0;

function begin(): { worker: Worker; waiting: Map<number, Waiting> } {
  const worker = new Worker(new URL("./records-thread.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes, maxYoungGenerationSizeMb: 8 },
  });
  const waiting = new Map<number, Waiting>();
  worker.on("message", (reply: Reply) => {
    const own = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if ("found" in reply) own?.done(reply.found);
    else own?.failed(new Failure(reply.failed.code, reply.failed.details));
  });
  const end = (cause: unknown) => {
    if (thread?.worker === worker) thread = null;
    const detail = "The platform's answer could not be read here.";
    for (const { failed } of waiting.values()) failed(new Failure("platform-malformed", { detail, cause }));
    waiting.clear();
  };
  worker.on("error", end);
  worker.on("exit", end);
  worker.unref();
  return { worker, waiting };
}

function inThread(answer: Answer, expected: Expected): Promise<RecordsAnswer> {
  thread ??= begin();
  const { worker, waiting } = thread;
  lastId += 1;
  const id = lastId;
  return new Promise((done, failed) => {
    waiting.set(id, { done, failed });
    worker.ref();
    // Its bytes are handed over, not copied.
    const bytes = new Uint8Array(answer.bytes);
    worker.postMessage({ id, answer: { ...answer, bytes }, expected } satisfies Question, [bytes.buffer]);
  });
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
