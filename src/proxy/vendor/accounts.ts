import { mergeReadings } from "#glucose/series.ts";
import type { Platform, PlatformReadings } from "./platform.ts";

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
  return {
    readings: mergeReadings(...reads.map(({ readings }) => readings)),
    leftOut: {
      malformed: reads.reduce((sum, { leftOut }) => sum + leftOut.malformed, 0),
      duplicates: reads.reduce((sum, { leftOut }) => sum + leftOut.duplicates, 0),
    },
    unread: reads.flatMap(({ unread }) => unread),
    asOfMs: Math.min(...reads.map(({ asOfMs }) => asOfMs)),
    stale: reads.find(({ stale }) => stale)?.stale ?? null,
  };
}
