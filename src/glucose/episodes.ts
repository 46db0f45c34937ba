import { type Edges, edgesMmolL } from "./bands.ts";
import { freshnessOf } from "./freshness.ts";
import type { Reading } from "./reading.ts";
import { inWindow } from "./series.ts";
import { spacingMs } from "./spacing.ts";

export type EpisodeKind = "low" | "very-low" | "high" | "very-high";

export interface Episode {
  readonly kind: EpisodeKind;
  readonly startMs: number;
  /** When glucose came back; for one that a gap or the end of the data cut off, when its last reading stops speaking. */
  readonly endMs: number;
  /** The lowest value of a low, the highest of a high, mmol/L, and when. */
  readonly extremeMmolL: number;
  readonly extremeAtMs: number;
  /** A low of more than 120 minutes. */
  readonly isExtended: boolean;
  /** Glucose was not seen to come back: a gap of more than 45 minutes, or the end of the data, came first. */
  readonly isCutOff: boolean;
  /** The last reading of all, Unix ms, where it was the end of the data that came first. */
  readonly dataEndMs: number | null;
}

/** Glucose came back; it has not come back yet; the period ends before it did; or a gap hides when it did. */
export type EpisodeEnding = "returned" | "ongoing" | "period-end" | "cut-off";

const minuteMs = 60_000;
const shortestMs = 15 * minuteMs;
const longestGapMs = 45 * minuteMs;
const extendedMs = 120 * minuteMs;

const isOut = (
  kind: EpisodeKind,
  { low, veryLow, high, veryHigh }: Edges,
): ((valueMmolL: number) => boolean) =>
  ({
    low: (value: number) => value < low,
    "very-low": (value: number) => value < veryLow,
    high: (value: number) => value > high,
    "very-high": (value: number) => value > veryHigh,
  })[kind];

/**
 * The episodes of one kind among the readings from `startMs` (inclusive) to `endMs` (exclusive), in time order. A low begins
 * with at least 15 minutes in a row below 3.9 mmol/L (very low: 3.0) and ends with at least 15 in a row at or above; a high
 * mirrors it above 10.0 (very high: 13.9). A gap of more than 45 minutes ends an episode. Each reading stands for its spacing, so five
 * readings of 3 minutes are 15 minutes, and one of 15; half a spacing is allowed for jitter. Warm-up is left out.
 * Source: Battelino 2023, 10.1016/S2213-8587(22)00319-9.
 */
export function episodesOf(
  readings: readonly Reading[],
  period: { readonly startMs: number; readonly endMs: number },
  kind: EpisodeKind,
  edges: Edges = edgesMmolL,
): Episode[] {
  const used = inWindow(readings, period.startMs, period.endMs).filter((reading) => !reading.warmUp);
  const nominalMs = spacingMs(used);
  const out = isOut(kind, edges);
  const isLow = kind === "low" || kind === "very-low";
  const episodes: Episode[] = [];
  /** The reading with which the current run on one side of the threshold began. */
  let runStart = 0;
  /** Index of an open episode's first reading, or −1. */
  let opened = -1;

  const timeAt = (index: number) => used[index]?.timeMs ?? Number.NaN;
  const close = (lastOut: number, endMs: number, cut: Pick<Episode, "isCutOff" | "dataEndMs">) => {
    let extreme = opened;
    for (let i = opened + 1; i <= lastOut; i += 1) {
      const [value, best] = [used[i]?.valueMmolL ?? 0, used[extreme]?.valueMmolL ?? 0];
      if (isLow ? value < best : value > best) extreme = i;
    }
    const { timeMs: extremeAtMs, valueMmolL: extremeMmolL } = used[extreme] as Reading;
    const startMs = timeAt(opened);
    const isExtended = kind === "low" && endMs - startMs > extendedMs;
    episodes.push({ kind, startMs, endMs, extremeMmolL, extremeAtMs, isExtended, ...cut });
    opened = -1;
  };
  /** Cuts an open episode off after the reading at `last`. */
  const cutOff = (last: number) => {
    if (opened < 0) return;
    const lastOut = out(used[last]?.valueMmolL ?? Number.NaN) ? last : runStart - 1;
    const dataEndMs = last === used.length - 1 ? timeAt(last) : null;
    close(lastOut, timeAt(lastOut) + nominalMs, { isCutOff: true, dataEndMs });
  };

  for (const [index, { timeMs, valueMmolL }] of used.entries()) {
    const afterGap = index > 0 && timeMs - timeAt(index - 1) > longestGapMs;
    if (afterGap) cutOff(index - 1);
    const crosses = index > 0 && out(valueMmolL) !== out(used[index - 1]?.valueMmolL ?? Number.NaN);
    if (afterGap || crosses) runStart = index;
    const lastsMs = timeMs - timeAt(runStart) + nominalMs;
    if (lastsMs < shortestMs - nominalMs / 2) continue;
    if (out(valueMmolL)) {
      if (opened < 0) opened = runStart;
    } else if (opened >= 0) close(runStart - 1, timeAt(runStart), { isCutOff: false, dataEndMs: null });
  }
  cutOff(used.length - 1);
  return episodes;
}

/**
 * How an episode of a period ended, as seen at `nowMs`. One that the data's end cut off is going on as long as the last reading is
 * not stale (clinical.md, Time), or went on past a period that is over.
 */
export function endingOf(
  { isCutOff, dataEndMs }: Pick<Episode, "isCutOff" | "dataEndMs">,
  periodEndMs: number,
  nowMs: number,
): EpisodeEnding {
  if (!isCutOff) return "returned";
  if (dataEndMs === null || freshnessOf(dataEndMs, Math.min(periodEndMs, nowMs)) !== "current")
    return "cut-off";
  return periodEndMs < nowMs ? "period-end" : "ongoing";
}
