import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import type { Range } from "./types.ts";

/** For how long a read serves everybody. */
export const freshMs = 60_000;
/** For how long it serves while the platform cannot be read. */
export const keptMs = 30 * 60_000;

export interface RangeEntry extends Range {
  readAtMs: number;
  /** The same moment on the steady clock: how old the entry is. */
  readAtSteadyMs: number;
  size: number;
}

/** Whether a read made at `readAtMs` holds all of the range that existed then. */
export const reaches = (entry: Range & { readAtMs: number }, { endMs }: Range): boolean =>
  entry.endMs >= endMs || entry.endMs > entry.readAtMs - freshMs;

interface RangeCacheOptions<E> {
  lifeMs: number;
  maxSize: number;
  /** Gets what had to give way to others. */
  evicted?: (subject: string, entries: readonly E[]) => void;
}

/**
 * Reads of a subject, each of a range: for `lifeMs`, and of `maxSize` together; the
 * subject kept longest ago goes first.
 */
export function createRangeCache<E extends RangeEntry>(
  { steadyMs }: Pick<Clock, "steadyMs">,
  { lifeMs, maxSize, evicted }: RangeCacheOptions<E>,
) {
  const lists = new LRUCache<string, readonly E[]>({
    maxSize,
    sizeCalculation: (list) => list.reduce((sum, { size }) => sum + size, 1),
    ttl: lifeMs,
    ttlResolution: 0,
    perf: { now: steadyMs },
    dispose: (entries, subject, reason) => {
      if (reason === "evict") evicted?.(subject, entries);
    },
  });
  const isAlive = (entry: E) => steadyMs() - entry.readAtSteadyMs < lifeMs;
  return {
    of: (subject: string): readonly E[] => lists.peek(subject)?.filter(isAlive) ?? [],
    put(subject: string, entries: readonly E[]): void {
      lists.purgeStale();
      if (entries.length > 0) lists.set(subject, entries);
      else lists.delete(subject);
    },
  };
}
