import type { Episode } from "./episodes.ts";
import { freshnessOf } from "./freshness.ts";

/** Glucose came back; it has not come back yet; the period ends before it did; or a gap hides when it did. */
export type EpisodeEnding = "returned" | "ongoing" | "period-end" | "cut-off";

/**
 * How an episode of a period ended, as seen at `nowMs`. One that the data's end cut off is going on as
 * long as the last reading is not stale (clinical.md, Time); it went on past a period that is over
 * when a reading after the period says so.
 */
export function endingOf(
  { isCutOff, dataEndMs, isSeenAfter }: Pick<Episode, "isCutOff" | "dataEndMs" | "isSeenAfter">,
  periodEndMs: number,
  nowMs: number,
): EpisodeEnding {
  if (!isCutOff) return "returned";
  if (periodEndMs < nowMs) return isSeenAfter ? "period-end" : "cut-off";
  return dataEndMs !== null && freshnessOf(dataEndMs, nowMs) === "current" ? "ongoing" : "cut-off";
}
