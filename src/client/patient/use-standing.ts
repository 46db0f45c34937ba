import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import type { Edges } from "#glucose/bands.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import { latestIndex, type SideSince, sideSince } from "#glucose/latest.ts";
import { mergeReads, type Read } from "#report/patient/merge-reads.ts";
import { readingsQueries } from "../api/readings.ts";
import { periodOf } from "./period.ts";

/** All that is at hand up to now: the last day and, where it reaches that far, the period on the page. */
function useAtHand(
  { id, timeZone }: Pick<Patient, "id" | "timeZone">,
  nowMs: number,
): Pick<Read, "readings" | "startMs"> | null {
  const [search] = useSearchParams();
  const period = periodOf(search, nowMs, timeZone);
  // The period asks for itself; here it only tells what lies before the last day.
  const { data: history } = useQuery({ ...readingsQueries.ofPeriod(id, period), enabled: false });
  const { data: recent } = useQuery(readingsQueries.recent(id));
  return useMemo(() => {
    if (!recent) return null;
    const reaches = history && history.startMs < recent.startMs && history.endMs >= recent.startMs;
    return reaches ? { readings: mergeReads(history, recent), startMs: history.startMs } : recent;
  }, [history, recent]);
}

/** How it stands by the newest reading at hand, and since when. */
export interface Standing extends SideSince {
  timeMs: number;
}

/** Null where the newest reading is too old to say how it stands. */
export function useStanding(
  patient: Pick<Patient, "id" | "timeZone">,
  edges: Edges,
  nowMs: number,
): Standing | null {
  const atHand = useAtHand(patient, nowMs);
  const standing = useMemo((): Standing | null => {
    if (!atHand) return null;
    const { readings, startMs } = atHand;
    const index = latestIndex(readings);
    const newest = readings[index];
    const since = sideSince(readings, index, edges, startMs);
    return newest && since ? { ...since, timeMs: newest.timeMs } : null;
  }, [atHand, edges]);
  return standing && freshnessOf(standing.timeMs, nowMs) === "current" ? standing : null;
}
