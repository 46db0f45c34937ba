import type { RosterRow } from "#contract/roster.ts";
import type { RosterQuery } from "#contract/roster-query.ts";
import { publishedDays, type WorklistEntry } from "#contract/worklist.ts";
import type { GlucoseFigures } from "#glucose/figures.ts";
import type { Limits } from "#glucose/limits.ts";
import type { Reason } from "#glucose/reason.ts";
import { type ReasonKey, reasonKeys } from "#glucose/reason-keys.ts";
import { reasonsOf, turningPointsMs, worstOf } from "#glucose/reasons.ts";
import {
  type SurfTideFlagged,
  surfTideFlagged,
  surfTidePlacesOf,
  surfTideRules,
} from "#glucose/worklists/surf-tide.ts";
import { knownOf, stretchesOf } from "./known.ts";
import { createMoments } from "./moments.ts";
import { stateOf, worseFromMs } from "./row-state.ts";
import { none } from "./sort.ts";
import { groupKey, restRanks, tideKey, tidepoolKey, urgencyKey } from "./urgency.ts";

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
function lowOf(state: GlucoseFigures["now"]): 0 | 1 | 2 | 3 {
  if (!state?.isNearLow) return 0;
  if (state.band === "very-low") return 1;
  return state.band === "low" ? 2 : 3;
}

/** When what colleagues did with a row stops standing by the clock alone, Unix ms. */
const turnsOfMarks = ({ marks }: RosterRow, reasons: readonly Reason[]): number[] =>
  [
    marks?.snooze?.untilMs ?? 0,
    ...[marks?.review, marks?.snooze].map((mark) => (mark ? worseFromMs(reasons, mark.atMs) : 0)),
  ].filter(Number.isFinite);

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
