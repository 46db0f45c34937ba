import { formatShares } from "#glucose/shares.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { type Goal, meetsGoal, type TargetChoice, type Targets, targetsFor } from "#glucose/targets.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import type { TimeIn } from "#report/patient/time-in-ranges-view.ts";

/** The parts of the day that targets are previewed by. */
export const previewParts = ["in-range", "below", "very-low", "above", "very-high"] as const;
export type PreviewPart = (typeof previewParts)[number];

/** Targets and what they make of the period. */
export interface TargetsSide {
  readonly choice: TargetChoice;
  readonly targets: Targets;
  readonly timeIn: TimeIn | null;
}

export function targetsSide(
  { readings, startMs, endMs }: Pick<PeriodData, "readings" | "startMs" | "endMs">,
  choice: TargetChoice,
): TargetsSide {
  const targets = targetsFor(choice);
  return { choice, targets, timeIn: statisticsOf(readings, { startMs, endMs }, targets.edges).timeIn };
}

interface PartShare {
  readonly percent: string;
  readonly goal: Goal | undefined;
  readonly isMet: boolean;
}

/** A part's share with its goal; null without readings. */
export function partShare({ targets: { goals }, timeIn }: TargetsSide, part: PreviewPart): PartShare | null {
  if (!timeIn) return null;
  const goal: Goal | undefined = {
    "in-range": goals.inRange,
    below: goals.belowRange,
    "very-low": goals.veryLow,
    above: goals.aboveRange,
    "very-high": goals.veryHigh,
  }[part];
  const share = {
    "in-range": timeIn["in-range"],
    below: timeIn.low + timeIn["very-low"],
    "very-low": timeIn["very-low"],
    above: timeIn.high + timeIn["very-high"],
    "very-high": timeIn["very-high"],
  }[part];
  const percent = formatShares(timeIn, goals)[part];
  return { percent, goal, isMet: goal !== undefined && meetsGoal(share, goal) };
}
