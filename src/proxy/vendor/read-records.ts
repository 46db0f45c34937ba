import { join } from "node:path";
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
const youngMegabytes = 8;
const hugeBytes = 4 * 1024 * 1024;
const idleMs = 10_000;

interface Waiting {
  done: (found: RecordsAnswer) => void;
  failed: (error: Failure) => void;
}

interface Thread {
  worker: Worker;
  waiting: Map<number, Waiting>;
  idle: NodeJS.Timeout | undefined;
  /** It has read something huge, and would keep the memory for good. */
  isSpent: boolean;
}

/** The thread that reads large answers, begun when there is one and ended when there has been none for a while. */
let current: Thread | null = null;
let lastId = 0;

function retire(thread: Thread): void {
  if (current === thread) current = null;
  if (thread.waiting.size === 0) void thread.worker.terminate();
}

function settled(thread: Thread): void {
  if (thread.isSpent) retire(thread);
  if (thread.waiting.size > 0) return;
  thread.worker.unref();
  thread.idle = setTimeout(() => retire(thread), idleMs).unref();
}

function begin(): Thread {
  const worker = new Worker(join(import.meta.dirname, "records-thread.ts"), {
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  });
  const waiting = new Map<number, Waiting>();
  const thread: Thread = { worker, waiting, idle: undefined, isSpent: false };
  worker.on("message", (reply: Reply) => {
    const own = waiting.get(reply.id);
    waiting.delete(reply.id);
    settled(thread);
    if ("found" in reply) own?.done(reply.found);
    else own?.failed(new Failure(reply.failed.code, reply.failed.details));
  });
  const end = (cause: unknown) => {
    if (current === thread) current = null;
    const detail = "The platform's answer could not be read here.";
    for (const { failed } of waiting.values()) failed(new Failure("platform-malformed", { detail, cause }));
    waiting.clear();
  };
  worker.on("error", end);
  worker.on("exit", end);
  return thread;
}

function inThread(answer: Answer, expected: Expected): Promise<RecordsAnswer> {
  const thread = current ?? begin();
  current = thread;
  const { worker, waiting } = thread;
  clearTimeout(thread.idle);
  lastId += 1;
  const id = lastId;
  return new Promise((done, failed) => {
    waiting.set(id, { done, failed });
    worker.ref();
    // Its bytes are handed over, not copied.
    const bytes = new Uint8Array(answer.bytes);
    thread.isSpent ||= bytes.byteLength > hugeBytes;
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
