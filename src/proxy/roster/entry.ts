import type { RosterRow } from "#contract/roster.ts";
import type { RosterQuery } from "#contract/roster-query.ts";
import type { PublishedPlace, WorklistEntry } from "#contract/worklist.ts";
import { type GlucoseFigures, inRangeChangeOf } from "#glucose/figures.ts";
import type { Limits } from "#glucose/limits.ts";
import { reasonsOf } from "#glucose/reasons.ts";
import { surfTideFlagged } from "#glucose/worklists/surf-tide.ts";
import { tidePlaceOf } from "#glucose/worklists/tide.ts";
import { tidepoolPlaceOf } from "#glucose/worklists/tidepool.ts";
import { type PatientFigures, rangesOf } from "../store/patient-figures.ts";
import { knownOf, stretchesOf } from "./known.ts";
import { newSinceReview, stateOf } from "./row-state.ts";

function publishedPlaceOf(
  figures: GlucoseFigures | null,
  { sort, days }: Pick<RosterQuery, "sort" | "days">,
  surfTideGroup: () => string,
): PublishedPlace | null {
  if (sort === "tide") {
    const { group, reasons, inRangePercent, noEarlierWeek } = tidePlaceOf(stretchesOf(figures, 7));
    return { group, reasons: [...reasons], inRangePercent, days: 7, noEarlier: noEarlierWeek !== null };
  }
  if (sort === "tidepool") {
    const { group, reasons, inRangePercent, noEarlierPeriod } = tidepoolPlaceOf(stretchesOf(figures, days));
    return { group, reasons: [...reasons], inRangePercent, days, noEarlier: noEarlierPeriod !== null };
  }
  if (sort !== "surf-tide") return null;
  const { flags, inRangePercent, noEarlierWeek } = surfTideFlagged(stretchesOf(figures, 7));
  return {
    group: surfTideGroup(),
    reasons: [...flags],
    inRangePercent,
    days: 7,
    noEarlier: noEarlierWeek !== null,
  };
}

/** What the list says of one row; null where nobody has looked. */
function entryOf(
  row: RosterRow,
  kept: PatientFigures | null,
  {
    limits,
    nowMs,
    query,
    surfTideGroup,
  }: {
    limits: Limits;
    nowMs: number;
    /** Of a published list its own reasons. */
    query?: RosterQuery;
    surfTideGroup?: () => string;
  },
): WorklistEntry | null {
  if (!row.status) return null;
  const figures = kept?.figures ?? null;
  const published = query && surfTideGroup ? publishedPlaceOf(figures, query, surfTideGroup) : null;
  const reasons = reasonsOf(knownOf(row, figures), limits, nowMs);
  const fresh = row.marks?.review ? newSinceReview(reasons, row.marks, nowMs) : [];
  return {
    asOfMs: figures?.asOfMs ?? row.status.checkedAtMs,
    isRead: figures !== null,
    state: stateOf(reasons, row.marks, nowMs),
    reasons: reasons.map((reason) => ({
      ...reason,
      aroseMs: kept?.aroseMs[reason.key],
      isNew: fresh.includes(reason.key),
    })),
    timeIn: figures?.last[14]?.timeIn ?? null,
    lowest: figures?.week.lowest ?? null,
    nightsWithLows: figures?.week.nightsWithLows ?? 0,
    inRangeChange: figures && inRangeChangeOf(figures),
    ...(published && { published }),
  };
}

/** Shares and reasons of one look, also where another has been kept since the row was read. */
export const lookOf = (
  row: RosterRow,
  kept: PatientFigures | null,
  options: Parameters<typeof entryOf>[2],
) => ({
  ranges: kept && rangesOf(kept),
  worklist: entryOf(row, kept, options),
});
