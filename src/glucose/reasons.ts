import { type DeviceKnown, deviceReasonsOf, deviceTurningPointsMs } from "./device-reasons.ts";
import {
  type GlucoseFigures,
  inRangeChangeOf,
  type JudgedPart,
  judgedParts,
  type Stretch,
  shareOf,
} from "./figures.ts";
import type { Limits } from "./limits.ts";
import { lastReasonMs, nowReasons } from "./now-reasons.ts";
import { inOrder, type Reason } from "./reason.ts";
import type { ReasonKey } from "./reason-keys.ts";
import { isDenseEnough } from "./statistics.ts";
import { type Goal, meetsGoal, percentOf, type Targets } from "./targets.ts";
import { minuteMs } from "./time.ts";

export interface Known extends DeviceKnown {
  readonly figures: GlucoseFigures | null;
  readonly targets: Targets;
}

/** Everything to look at somebody for at `nowMs`, the most urgent first. */
export function reasonsOf(known: Known, limits: Limits, nowMs: number): Reason[] {
  const { figures } = known;
  return inOrder([
    ...(figures?.now ? nowReasons(figures.now, limits, nowMs) : []),
    ...(figures ? glucoseReasons(figures, known.targets, limits) : []),
    ...deviceReasonsOf(known, limits, nowMs),
  ]);
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

/** How much of a stretch is known, 0 to 1. */
const knownShareOf = ({ activeShare, coveredShare }: Pick<Stretch, "activeShare" | "coveredShare">): number =>
  Math.min(activeShare, coveredShare);

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
          mayBeForWantOfData(part, share, goal, knownShareOf(fortnight)) && {
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

function fellReason({ last, before }: GlucoseFigures, { fellByPoints }: Limits): Reason[] {
  const change = inRangeChangeOf({ last, before });
  const [week, earlier] = [last[7]?.timeIn, before[7]?.timeIn];
  if (typeof change !== "number" || -change <= fellByPoints || !week || !earlier) return [];
  return [
    { key: "in-range-fell", value: percentOf(week["in-range"]), limit: percentOf(earlier["in-range"]) },
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
      : [measuredMs + 15 * minuteMs + 1, measuredMs + lastReasonMs + 1].filter((at) => at > nowMs)),
    ...deviceTurningPointsMs(known, limits, nowMs),
  ].sort((a, b) => a - b);
};
