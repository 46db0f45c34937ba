import type { RosterRow } from "#contract/roster.ts";
import type { RosterQuery } from "#contract/roster-query.ts";
import { type PublishedPlace, publishedDays, type WorklistEntry } from "#contract/worklist.ts";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import { type GlucoseFigures, inRangeChangeOf, type Stretch, type StretchDays } from "#glucose/figures.ts";
import type { Limits } from "#glucose/limits.ts";
import type { Reason } from "#glucose/reason.ts";
import { type ReasonKey, reasonKeys } from "#glucose/reason-keys.ts";
import { type Known, reasonsOf, turningPointsMs, worstOf } from "#glucose/reasons.ts";
import { targetsFor } from "#glucose/targets.ts";
import { minuteMs } from "#glucose/time.ts";
import type { PublishedFigures, Stretches } from "#glucose/worklists/published.ts";
import {
  type SurfTideFlagged,
  surfTideFlagged,
  surfTidePlacesOf,
  surfTideRules,
} from "#glucose/worklists/surf-tide.ts";
import { tidePlaceOf, tideRules } from "#glucose/worklists/tide.ts";
import { tidepoolPlaceOf, tidepoolRulesOf } from "#glucose/worklists/tidepool.ts";
import type { PatientFigures } from "../store/patient-figures.ts";
import { createMoments } from "./moments.ts";
import { newSinceReview, stateOf, worseFromMs } from "./row-state.ts";
import { none } from "./sort.ts";

type PublishedSort = "tide" | "surf-tide" | "tidepool";

/** What the list is ordered and narrowed by of each member's glucose, by columns: no figures stay here. */
export interface Worklist {
  put(member: number, row: RosterRow, figures: GlucoseFigures | null): void;
  /** Whether this is among somebody's reasons. */
  has(member: number, key: ReasonKey, nowMs: number): boolean;
  /** Whether something is new or worse since somebody was reviewed. */
  isNew(member: number, nowMs: number): boolean;
  /** Whether somebody's lowest value of seven days was below their edge of very low. */
  wentVeryLow(member: number): boolean;
  /** Low or very low by a reading that speaks for now. */
  isLowNow(member: number, nowMs: number): boolean;
  /** When last read: 1 very low, 2 low, 3 near low, 0 none of these. */
  wasLow(member: number): 0 | 1 | 2 | 3;
  stateOf(member: number, nowMs: number): WorklistEntry["state"];
  /** A column of keys, the most urgent first; see `byKey`. */
  urgency(nowMs: number): Float64Array;
  published(sort: PublishedSort, days: RosterQuery["days"]): ArrayLike<number>;
  surfTideGroup(member: number): string;
}

/** Now, and as many turning points as there can be. */
const mostMoments = 11;
/** After all who are to be looked at: who is put off or reviewed, then who has no reason. */
const restRanks = { snoozed: 29, reviewed: 30, none: 31 } as const;

const figuresIn = (stretch: Stretch | null): PublishedFigures | null =>
  stretch && { wornShare: stretch.coveredShare, timeIn: stretch.publishedTimeIn };

const stretchesOf = (figures: GlucoseFigures | null, days: StretchDays): Stretches => ({
  latest: figuresIn(figures?.last[days] ?? null),
  earlier: figuresIn(figures?.before[days] ?? null),
});

export const knownOf = (
  { status, targets, createdAtMs }: RosterRow,
  figures: GlucoseFigures | null,
): Known => ({
  registeredAtMs: createdAtMs,
  figures,
  checkedAtMs: status?.checkedAtMs ?? null,
  facts: status?.facts ?? noDeviceFacts,
  lastReadingAtMs: status?.lastReadingAtMs ?? null,
  sensor: status?.sensor ?? null,
  targets: targetsFor(targets),
});

function lowOf(state: GlucoseFigures["now"]): 0 | 1 | 2 | 3 {
  if (!state?.isNearLow) return 0;
  if (state.band === "very-low") return 1;
  return state.band === "low" ? 2 : 3;
}

/** Nobody was registered before. */
const epochMs = Date.UTC(2020, 0, 1);
const minutesOf = (timeMs: number) => Math.max(0, Math.floor((timeMs - epochMs) / minuteMs));

const mostSevere = 2 ** 25 - 1;
/** Of one reason the worse figure has the larger number, up to `mostSevere`. */
function severityOf({ key, value, limit }: Reason): number {
  switch (key) {
    case "very-low":
    case "low":
    case "very-high":
    case "high":
      return Math.round(value * 1e5);
    case "in-range":
    case "little-data":
      return Math.round((100 - value) * 1e5);
    case "in-range-fell":
      return Math.round((limit - value) * 1e5);
    case "recalled":
    case "ended-early":
    case "ended":
    case "clock-off":
    case "ends-soon":
      return mostSevere - minutesOf(value);
    default:
      return Math.floor(value);
  }
}

/** High is worse the higher, all else of now the lower. */
const isUpward = ({ key }: Reason) => key === "high-for-long" || key === "high-for-long-last";
const mostProjectedTenths = 400;
const mostMinutes = 2 ** 16 - 1;

/** Of what is now, or was when the readings stopped: where glucose is heading, then for how long it has been so. */
function nowSeverityOf(reason: Reason, projectedMmolL: number): number {
  const tenths = Math.min(mostProjectedTenths, Math.round(projectedMmolL * 10));
  const worse = isUpward(reason) ? tenths : mostProjectedTenths - tenths;
  return worse * (mostMinutes + 1) + Math.min(mostMinutes, Math.floor(reason.value));
}

/**
 * A whole number below 2³²: the rank; then of what is now how severe it is; of all else whoever was never reviewed, by whether it is
 * borderline and by the figure, before those who were, by the minute of the review.
 */
function urgencyKey(
  state: WorklistEntry["state"],
  worst: Reason | null,
  reviewedAtMs: number | undefined,
): number {
  const rank = worst ? reasonKeys.indexOf(worst.key) : restRanks[state as keyof typeof restRanks];
  if (rank === restRanks.none) return none;
  if (worst?.projectedMmolL !== undefined)
    return rank * 2 ** 27 + mostSevere - nowSeverityOf(worst, worst.projectedMmolL);
  if (reviewedAtMs !== undefined)
    return rank * 2 ** 27 + 2 ** 26 + Math.min(minutesOf(reviewedAtMs), 2 ** 26 - 1);
  const severity = worst ? Math.max(0, Math.min(mostSevere, severityOf(worst))) : 0;
  return rank * 2 ** 27 + (worst?.isBorderline ? 2 ** 25 : 0) + mostSevere - severity;
}

/** When what colleagues did with a row stops standing by the clock alone, Unix ms. */
const turnsOfMarks = ({ marks }: RosterRow, reasons: readonly Reason[]): number[] =>
  [
    marks?.snooze?.untilMs ?? 0,
    ...[marks?.review, marks?.snooze].map((mark) => (mark ? worseFromMs(reasons, mark.atMs) : 0)),
  ].filter(Number.isFinite);

/** Whole numbers below 2³²: the group, then a share of 1 or per cent of 100 in millionths. */
const groupKey = (group: number, millionths: number) =>
  group * 2 ** 21 + Math.max(0, Math.min(1e6, Math.round(millionths)));

function tideKey(figures: GlucoseFigures | null): number {
  const { group, inRangePercent } = tidePlaceOf(stretchesOf(figures, 7));
  return groupKey(
    tideRules.findIndex(({ key }) => key === group),
    inRangePercent === null ? 1e6 : inRangePercent * 1e4,
  );
}

function tidepoolKey(figures: GlucoseFigures | null, days: StretchDays): number {
  const { group, reasons, inRangePercent } = tidepoolPlaceOf(stretchesOf(figures, days));
  const index = tidepoolRulesOf(days).findIndex(({ key }) => key === group);
  const percent = reasons[0]?.percent ?? inRangePercent ?? 0;
  return groupKey(
    index < 0 ? tidepoolRulesOf(days).length : index,
    group === "worn" ? percent * 1e4 : 1e6 - percent * 1e4,
  );
}

export function createWorklist(limits: Limits, now: () => number): Worklist {
  /** By member and moment: which reasons (a bit each), and the place that they give. */
  const moments = createMoments(mostMoments);
  const masks: number[] = [];
  const keys: number[] = [];
  const veryLow: boolean[] = [];
  const lastLow: (0 | 1 | 2 | 3)[] = [];
  const reviewed: boolean[] = [];
  const tide: number[] = [];
  const tidepool = new Map(publishedDays.map((days) => [days, [] as number[]]));
  const surf: SurfTideFlagged[] = [];
  let surfPlaces: ReturnType<typeof surfTidePlacesOf> | null = null;

  const placesOfSurfTide = () => (surfPlaces ??= surfTidePlacesOf(surf));

  const has = (member: number, key: ReasonKey, nowMs: number): boolean =>
    ((masks[moments.at(member, nowMs)] ?? 0) >> reasonKeys.indexOf(key)) % 2 === 1;

  function stateAt(member: number, nowMs: number): WorklistEntry["state"] {
    const rank = Math.floor((keys[moments.at(member, nowMs)] ?? none) / 2 ** 27);
    if (rank >= restRanks.none) return "none";
    if (rank === restRanks.reviewed) return "reviewed";
    return rank === restRanks.snoozed ? "snoozed" : "open";
  }

  return {
    put: (member, row, figures) => {
      const known = knownOf(row, figures);
      const nowMs = now();
      const turns = moments.put(member, [
        nowMs,
        ...[
          ...(row.status ? turningPointsMs(known, limits, nowMs) : []),
          ...turnsOfMarks(row, row.marks ? reasonsOf(known, limits, nowMs) : []).filter(
            (turnMs) => turnMs > nowMs,
          ),
        ].sort((a, b) => a - b),
      ]);
      for (let index = 0; index < mostMoments; index += 1) {
        const at = member * mostMoments + index;
        const turnMs = turns[index];
        const reasons = turnMs === undefined || !row.status ? [] : reasonsOf(known, limits, turnMs);
        masks[at] = reasons.reduce((mask, { key }) => mask | (1 << reasonKeys.indexOf(key)), 0);
        const state = stateOf(reasons, row.marks, turnMs ?? nowMs);
        const worst = state === "open" ? worstOf(reasons) : null;
        keys[at] = urgencyKey(state, worst, row.marks?.review?.atMs);
      }
      reviewed[member] = row.marks?.review != null;
      const { veryLow: edge } = known.targets.edges;
      veryLow[member] = (figures?.week.lowest?.valueMmolL ?? Number.POSITIVE_INFINITY) < edge;
      lastLow[member] = lowOf(figures?.now ?? null);
      tide[member] = tideKey(figures);
      for (const [days, column] of tidepool) column[member] = tidepoolKey(figures, days);
      surf[member] = surfTideFlagged(stretchesOf(figures, 7));
      surfPlaces = null;
    },
    has,
    isNew: (member, nowMs) => reviewed[member] === true && stateAt(member, nowMs) === "open",
    isLowNow: (member, nowMs) => has(member, "very-low-now", nowMs) || has(member, "low-now", nowMs),
    wentVeryLow: (member) => veryLow[member] ?? false,
    wasLow: (member) => lastLow[member] ?? 0,
    stateOf: stateAt,
    urgency: (nowMs) => {
      const column = new Float64Array(reviewed.length);
      for (let member = 0; member < column.length; member += 1)
        column[member] = keys[moments.at(member, nowMs)] ?? none;
      return column;
    },
    published: (sort, days) => {
      if (sort === "tide") return tide;
      if (sort === "tidepool") return tidepool.get(days) ?? [];
      return placesOfSurfTide().map(({ group, rank }) =>
        groupKey(
          surfTideRules.findIndex(({ key }) => key === group),
          rank ?? 1e6,
        ),
      );
    },
    surfTideGroup: (member) => placesOfSurfTide()[member]?.group ?? "missing",
  };
}

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
export function entryOf(
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
