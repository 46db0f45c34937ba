import { joinSeries, wholeOf } from "#glucose/reading-series.ts";
import { leftOutOf } from "./records.ts";
import type { Platform, PlatformReadings } from "./types.ts";

/** The readings of a person who has one or more users on the platform, as one series. */
export async function readAccounts(
  platform: Pick<Platform, "userReadings">,
  openIds: readonly string[],
  startMs: number,
  endMs: number,
): Promise<PlatformReadings> {
  const reads = await Promise.all(openIds.map((openId) => platform.userReadings(openId, startMs, endMs)));
  const [only] = reads;
  if (only && reads.length === 1) return only;
  const { series, contradicting } = joinSeries(reads);
  const leftOut = leftOutOf(reads);
  return {
    ...wholeOf(series),
    leftOut: { ...leftOut, contradicting: leftOut.contradicting + contradicting },
    unreadable: reads.flatMap(({ unreadable }) => unreadable).sort((a, b) => a.timeMs - b.timeMs),
    unread: reads.flatMap(({ unread }) => unread),
    asOfMs: Math.min(...reads.map(({ asOfMs }) => asOfMs)),
    stale: reads.find(({ stale }) => stale)?.stale ?? null,
  };
}
