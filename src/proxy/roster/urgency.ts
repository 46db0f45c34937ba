import type { WorklistEntry } from "#contract/worklist.ts";
import type { GlucoseFigures, StretchDays } from "#glucose/figures.ts";
import type { Reason } from "#glucose/reason.ts";
import { reasonKeys } from "#glucose/reason-keys.ts";
import { minuteMs } from "#glucose/time.ts";
import { tidePlaceOf, tideRules } from "#glucose/worklists/tide.ts";
import { tidepoolPlaceOf, tidepoolRulesOf } from "#glucose/worklists/tidepool.ts";
import { stretchesOf } from "./known.ts";
import { none } from "./sort.ts";

/** After all who are to be looked at: who is put off or reviewed, then who has no reason. */
export const restRanks = { snoozed: 29, reviewed: 30, none: 31 } as const;

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
export function urgencyKey(
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

/** Whole numbers below 2³²: the group, then a share of 1 or per cent of 100 in millionths. */
export const groupKey = (group: number, millionths: number) =>
  group * 2 ** 21 + Math.max(0, Math.min(1e6, Math.round(millionths)));

export function tideKey(figures: GlucoseFigures | null): number {
  const { group, inRangePercent } = tidePlaceOf(stretchesOf(figures, 7));
  return groupKey(
    tideRules.findIndex(({ key }) => key === group),
    inRangePercent === null ? 1e6 : inRangePercent * 1e4,
  );
}

export function tidepoolKey(figures: GlucoseFigures | null, days: StretchDays): number {
  const { group, reasons, inRangePercent } = tidepoolPlaceOf(stretchesOf(figures, days));
  const index = tidepoolRulesOf(days).findIndex(({ key }) => key === group);
  const percent = reasons[0]?.percent ?? inRangePercent ?? 0;
  return groupKey(
    index < 0 ? tidepoolRulesOf(days).length : index,
    group === "worn" ? percent * 1e4 : 1e6 - percent * 1e4,
  );
}
