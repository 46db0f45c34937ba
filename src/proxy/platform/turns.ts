import PQueue from "p-queue";
import { errand, rankOf } from "./errand.ts";

export interface TurnsOptions {
  /** How many calls begin in any second, all together. */
  callsPerSecond: number;
}

/** Runs `work` when its turn has come; `first` lets it pass everybody. */
export type Turn = <T>(work: () => Promise<T>, options?: { first?: boolean }) => Promise<T>;

const secondMs = 1000;
const maxAtOnce = 8;
/** Lists, imports and rounds together: half of the ways to the platform stay free for whoever waits before a page. */
const maxBehindAtOnce = 4;

/**
 * At most eight calls at once and so many a second. Who waits for a page goes before lists, lists before imports and rounds; among
 * equals, first come first served. One whose errand has run out of time leaves the queue.
 */
export function createTurns({ callsPerSecond }: TurnsOptions): Turn {
  const all = new PQueue({ concurrency: maxAtOnce });
  const behind = new PQueue({ concurrency: maxBehindAtOnce });

  /** When the last calls began. The queue's own limit goes by the wall clock: set back by hours, it would let nothing through for as long. */
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
        setTimeout(goOn, Math.max(1, leftMs));
      }
    };
    goOn();
  }

  return async (work, { first = false } = {}) => {
    const { urgency, deadline } = errand();
    deadline.throwIfAborted();
    // Of our own, so that it ends the waiting only: what has begun keeps its place until the platform has answered.
    const waiting = new AbortController();
    const leave = () => waiting.abort(deadline.reason);
    deadline.addEventListener("abort", leave, { once: true });
    const begin = () => {
      deadline.removeEventListener("abort", leave);
      limitRate();
      return work();
    };
    const priority = first ? Number.POSITIVE_INFINITY : rankOf(urgency);
    const options = { priority, signal: waiting.signal };
    try {
      if (first || urgency === "person") return await all.add(begin, options);
      return await behind.add(() => all.add(begin, options), options);
    } finally {
      deadline.removeEventListener("abort", leave);
    }
  };
}
