import { LRUCache } from "lru-cache";

/** What time it is, and how long something takes: two clocks, since the first one can be set. */
export interface Clock {
  /** Unix ms, for moments. It can be set forwards or backwards at any time. */
  now: () => number;
  /**
   * Ms from an arbitrary start, only ever forwards and as fast as `now`:
   * for ages, pauses, limits and deadlines.
   */
  steadyMs: () => number;
}

interface Seen {
  momentMs: number;
  /** Where that moment lies on the steady clock. */
  atSteadyMs: number;
}

/**
 * How old moments are that were written down (in the database, by any server): by the clock when this process
 * first meets one, from then on by the steady one. A clock that is set meanwhile makes nothing older or
 * younger; a moment still to come is now.
 */
export function createAges({ now, steadyMs }: Clock, atMost = 10_000) {
  const seen = new LRUCache<string, Seen>({ max: atMost });
  return function ageMs(name: string, momentMs: number): number {
    const known = seen.get(name);
    if (known?.momentMs === momentMs) return steadyMs() - known.atSteadyMs;
    const ageNowMs = Math.max(0, now() - momentMs);
    seen.set(name, { momentMs, atSteadyMs: steadyMs() - ageNowMs });
    return ageNowMs;
  };
}
