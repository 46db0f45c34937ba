import { LRUCache } from "lru-cache";
import { readingsOf, seriesOf, wholeOf } from "#glucose/reading-series.ts";
import { dayMs } from "#glucose/time.ts";
import type { Clock } from "../clock.ts";
import { readAccounts } from "../platform/accounts.ts";
import type { Platform, PlatformReadings } from "../platform/types.ts";

/** Where the last reading of somebody without any in 30 days is searched for, in days ago, nearest first. */
const longAgoDays = [
  [30, 90],
  [90, 400],
] as const;
/** What is found so far back does not change within the day. */
const longAgoFreshMs = dayMs;
const mostLongAgo = 10_000;

/**
 * The last readings of somebody who has not worn a sensor for long, or none in 400
 * days; `recent` is the empty read before.
 */
export type ReadLongAgo = (openIds: readonly string[], recent: PlatformReadings) => Promise<PlatformReadings>;

export function createLongAgo(platform: Platform, { now, steadyMs }: Clock): ReadLongAgo {
  /** By the open IDs that were read. */
  const kept = new LRUCache<string, { readAtSteadyMs: number; found: PlatformReadings }>({
    max: mostLongAgo,
  });
  return async (openIds, recent) => {
    const nowMs = now();
    const key = JSON.stringify(openIds);
    const known = kept.get(key);
    if (known && steadyMs() - known.readAtSteadyMs < longAgoFreshMs)
      return { ...known.found, asOfMs: recent.asOfMs };
    let found = recent;
    for (const [fromDays, toDays] of longAgoDays) {
      if (found.to > found.from || found.stale) break;
      found = await readAccounts(platform, openIds, nowMs - toDays * dayMs, nowMs - fromDays * dayMs);
    }
    if (found.stale || found.unread.length > 0) return found;
    // Of one sensor's history the end is enough.
    const tail = readingsOf(found.series, Math.max(found.from, found.to - 20), found.to);
    const last = { ...found, ...wholeOf(seriesOf(tail)), unreadable: [] };
    kept.set(key, { readAtSteadyMs: steadyMs(), found: last });
    return last;
  };
}
