import { extname, join } from "node:path";
import { parentPort, type ResourceLimits, type Transferable, Worker } from "node:worker_threads";

interface Waiting<R> {
  done: (reply: R) => void;
  failed: (error: Error) => void;
}

interface Thread<R> {
  worker: Worker;
  waiting: Map<number, Waiting<R>>;
  idle: NodeJS.Timeout | undefined;
  isSpent: boolean;
}

/**
 * `isLast`: it takes so much memory that the thread would keep it for good, so
 * the next question gets a new thread. `longestMs`: the thread is ended where there is no answer by then.
 */
export type Ask<Q, R> = (
  question: Q,
  options?: { transfer?: Transferable[]; isLast?: boolean; longestMs?: number },
) => Promise<R>;

/**
 * A worker thread for work that would hold up the main one. It starts with a question and ends,
 * its memory with it, when there has been none for a while. Rejects when it ends without an
 * answer, for want of memory for instance. `file` is without its ending, which is what ours is:
 * TypeScript, or JavaScript in the built server.
 */
export function createWorker<Q, R>(file: string, resourceLimits: ResourceLimits, idleMs: number): Ask<Q, R> {
  let current: Thread<R> | null = null;
  let lastId = 0;

  function retire(thread: Thread<R>): void {
    if (current === thread) current = null;
    if (thread.waiting.size === 0) void thread.worker.terminate();
  }

  function begin(): Thread<R> {
    const worker = new Worker(join(import.meta.dirname, file + extname(import.meta.filename)), {
      resourceLimits,
    });
    const thread: Thread<R> = { worker, waiting: new Map(), idle: undefined, isSpent: false };
    worker.on("message", ({ id, reply }: { id: number; reply: R }) => {
      const own = thread.waiting.get(id);
      thread.waiting.delete(id);
      if (thread.isSpent) retire(thread);
      if (thread.waiting.size === 0) {
        worker.unref();
        thread.idle = setTimeout(() => retire(thread), idleMs).unref();
      }
      own?.done(reply);
    });
    const end = (cause: unknown) => {
      if (current === thread) current = null;
      for (const { failed } of thread.waiting.values()) failed(new Error(`${file} ended`, { cause }));
      thread.waiting.clear();
    };
    worker.on("error", end);
    worker.on("exit", end);
    return thread;
  }

  return (question, { transfer = [], isLast = false, longestMs } = {}) => {
    const thread = current ?? begin();
    current = thread;
    clearTimeout(thread.idle);
    lastId += 1;
    const id = lastId;
    const late = longestMs && setTimeout(() => void thread.worker.terminate(), longestMs).unref();
    return new Promise<R>((done, failed) => {
      thread.waiting.set(id, { done, failed });
      thread.worker.ref();
      thread.isSpent ||= isLast;
      thread.worker.postMessage({ id, question }, transfer);
    }).finally(() => clearTimeout(late));
  };
}

/** In the worker's own file: answers one question after the other. */
export function answerQuestions<Q, R>(answer: (question: Q) => R | Promise<R>): void {
  parentPort?.on("message", async ({ id, question }: { id: number; question: Q }) =>
    parentPort?.postMessage({ id, reply: await answer(question) }),
  );
}
