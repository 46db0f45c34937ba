import { type DeviceKnown, deviceReasonsOf, deviceTurningPointsMs } from "./device-reasons.ts";
import {
  type GlucoseFigures,
  inRangeChangeOf,
  type JudgedPart,
  judgedParts,
  type Stretch,
  shareOf,
} from "./figures.ts";
import { freshnessOf } from "./freshness.ts";
import type { Limits } from "./limits.ts";
import { type NowState, nearLowMmolL } from "./now-state.ts";
import { inOrder, type Reason } from "./reason.ts";
import type { ReasonKey } from "./reason-keys.ts";
import { isDenseEnough } from "./statistics.ts";
import { type Goal, meetsGoal, percentOf, type Targets } from "./targets.ts";
import { hourMs, minuteMs } from "./time.ts";

export interface Known extends DeviceKnown {
  readonly figures: GlucoseFigures | null;
  readonly targets: Targets;
}

const fallingTrends = [10, 20];

/** Everything to look at somebody for at `nowMs`, the most urgent first. */
export function reasonsOf(known: Known, limits: Limits, nowMs: number): Reason[] {
  const { figures } = known;
  return inOrder([
    ...(figures ? nowReasons(figures, limits, nowMs) : []),
    ...(figures ? glucoseReasons(figures, known.targets, limits) : []),
    ...deviceReasonsOf(known, limits, nowMs),
  ]);
}

/** Silence does not end a low: so long it stands that the last reading was one. */
const lastLowMs = 24 * hourMs;

/** Of somebody whose latest reading is too old to speak for now: whether it was low. */
function lastReasons({ timeMs, band }: NowState, nowMs: number): Reason[] {
  if (nowMs - timeMs > lastLowMs || (band !== "very-low" && band !== "low")) return [];
  return [{ key: `${band}-last`, value: 0, limit: 0, sinceMs: timeMs }];
}

function nowReasons({ now }: GlucoseFigures, limits: Limits, nowMs: number): Reason[] {
  if (!now) return [];
  if (freshnessOf(now.timeMs, nowMs) !== "current") return lastReasons(now, nowMs);
  const { band, sinceMs, isAtLeast, trend, isNearLow } = now;
  const forMin = Math.round((now.timeMs - sinceMs) / minuteMs);
  const since = { sinceMs, isAtLeast, trend };
  if (band === "very-low") return [{ key: "very-low-now", value: forMin, limit: 0, ...since }];
  if (band === "low") return [{ key: "low-now", value: forMin, limit: 0, ...since }];
  if (trend !== null && fallingTrends.includes(trend) && isNearLow)
    return [{ key: "falling-near-low", value: 0, limit: nearLowMmolL, trend }];
  if (band === "very-high" && forMin >= limits.highForMin)
    return [{ key: "high-for-long", value: forMin, limit: limits.highForMin, ...since }];
  return [];
}

const keyOfPart: Record<JudgedPart, ReasonKey> = {
  veryLow: "very-low",
  belowRange: "low",
  inRange: "in-range",
  aboveRange: "high",
  veryHigh: "very-high",
};

const edgeOf = (goal: Goal): number => ("min" in goal ? goal.min : goal.max);

/**
 * Whether the goal might be met were all the data there: had it been in the range for all the time without. Never of
 * a low.
 */
function mayBeForWantOfData(part: JudgedPart, share: number, goal: Goal, knownShare: number): boolean {
  if (part === "veryLow" || part === "belowRange") return false;
  return meetsGoal(share * knownShare + (part === "inRange" ? 1 - knownShare : 0), goal);
}

const isEnough = (stretch: Omit<Stretch, "timeIn" | "publishedTimeIn">): boolean => isDenseEnough(stretch);

function glucoseReasons(figures: GlucoseFigures, { goals }: Targets, limits: Limits): Reason[] {
  const fortnight = figures.last[14];
  const reasons: Reason[] = [];
  if (fortnight?.timeIn) {
    const { timeIn } = fortnight;
    const isThin = !isEnough(fortnight);
    for (const part of judgedParts) {
      const goal = goals[part];
      const share = shareOf(timeIn, part);
      if (!goal || meetsGoal(share, goal)) continue;
      const key = keyOfPart[part];
      reasons.push({
        key,
        value: percentOf(share),
        limit: edgeOf(goal),
        isBorderline: figures.borderline.includes(part),
        ...(isThin &&
          mayBeForWantOfData(part, share, goal, fortnight.activeShare) && {
            explainedBy: "little-data" as const,
          }),
      });
    }
  }
  const { week } = figures;
  if (week.extendedLows >= limits.extendedLows)
    reasons.push({ key: "extended-lows", value: week.extendedLows, limit: limits.extendedLows });
  if (week.nightsWithLows >= limits.nightsWithLows)
    reasons.push({ key: "night-lows", value: week.nightsWithLows, limit: limits.nightsWithLows });
  return [...reasons, ...fellReason(figures, limits)];
}

function fellReason({ last, before }: GlucoseFigures, limits: Limits): Reason[] {
  const [week, earlier] = [last[7], before[7]];
  if (!week?.timeIn || !earlier?.timeIn || !isEnough(earlier)) return [];
  const change = inRangeChangeOf({ last, before });
  if (change === null || -change <= limits.fellByPoints) return [];
  const { activeShare, timeIn } = week;
  const atBest = percentOf(timeIn["in-range"] * activeShare + 1 - activeShare);
  const limit = percentOf(earlier.timeIn["in-range"]);
  return [
    {
      key: "in-range-fell",
      value: percentOf(timeIn["in-range"]),
      limit,
      ...(!isEnough(week) &&
        limit - atBest <= limits.fellByPoints && { explainedBy: "little-data" as const }),
    },
  ];
}

/** The reason that decides somebody's place: the most urgent that no fault of the data explains. */
export const worstOf = (reasons: readonly Reason[]): Reason | null =>
  reasons.find(({ explainedBy }) => explainedBy === undefined) ?? null;

/** The instants after `nowMs` at which the reasons may be others though nothing new is known, ascending. */
export const turningPointsMs = (known: Known, limits: Limits, nowMs: number): number[] => {
  const measuredMs = known.figures?.now?.timeMs;
  return [
    ...(measuredMs === undefined
      ? []
      : [measuredMs + 15 * minuteMs + 1, measuredMs + lastLowMs + 1].filter((at) => at > nowMs)),
    ...deviceTurningPointsMs(known, limits, nowMs),
  ].sort((a, b) => a - b);
};
