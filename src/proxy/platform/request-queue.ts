import PQueue from "p-queue";
import { callContext, rankOf } from "./call-context.ts";

export interface RequestQueueOptions {
  /** How many calls begin in any second, all together. */
  callsPerSecond: number;
}

/** Queues `work` and runs it in its turn; `first` puts it before everything else. */
export type Enqueue = <T>(work: () => Promise<T>, options?: { first?: boolean }) => Promise<T>;

const secondMs = 1000;
const maxAtOnce = 8;
/** Lists, imports and background work together: half of the slots stay free for pages. */
const maxLessUrgentAtOnce = 4;

/**
 * At most eight calls at once and so many a second. Pages go before lists, lists before background work;
 * among equals, first come first served. A call whose deadline has passed leaves the queue.
 */
export function createRequestQueue({ callsPerSecond }: RequestQueueOptions): Enqueue {
  const all = new PQueue({ concurrency: maxAtOnce });
  const lessUrgent = new PQueue({ concurrency: maxLessUrgentAtOnce });

  /**
   * When the last calls began. The queue's own limit goes by the wall clock: set back by hours, it
   * would let nothing through for as long.
   */
  const begunMs: number[] = [];
  function limitRate(): void {
    begunMs.push(performance.now());
    if (begunMs.length > callsPerSecond) begunMs.shift();
    if (begunMs.length < callsPerSecond) return;
    const goOn = () => {
      const leftMs = (begunMs[0] ?? 0) + secondMs - performance.now();
      if (leftMs <= 0) all.start();
      else {
        all.pause();
        setTimeout(goOn, Math.min(secondMs, Math.max(1, leftMs)));
      }
    };
    goOn();
  }

  return async (work, { first = false } = {}) => {
    const { priority, deadline } = callContext();
    deadline.throwIfAborted();
    // Of our own, so that it ends the waiting only: what has begun keeps its
    // place until the platform has answered.
    const waiting = new AbortController();
    const leave = () => waiting.abort(deadline.reason);
    deadline.addEventListener("abort", leave, { once: true });
    const begin = () => {
      deadline.removeEventListener("abort", leave);
      limitRate();
      return work();
    };
    const options = {
      priority: first ? Number.POSITIVE_INFINITY : rankOf(priority),
      signal: waiting.signal,
    };
    try {
      if (first || priority === "person") return await all.add(begin, options);
      return await lessUrgent.add(() => all.add(begin, options), options);
    } finally {
      deadline.removeEventListener("abort", leave);
    }
  };
}
