import { type TargetChoice, targetsFor } from "#glucose/targets.ts";

export const numbers = ["low", "high", "inRangeMin", "belowRangeMax", "aboveRangeMax"] as const;
export type NumberField = (typeof numbers)[number];

/** The patient's own targets as typed. */
export type OwnText = Readonly<Record<NumberField | "reason", string>>;

/** What one begins to type from: the targets there are. */
export function ownTextOf(choice: TargetChoice): OwnText {
  const { edges, goals } = targetsFor(choice);
  const percent = (goal: (typeof goals)[keyof typeof goals]) =>
    goal === undefined ? "" : String("min" in goal ? goal.min : goal.max);
  return {
    low: edges.low.toFixed(1),
    high: edges.high.toFixed(1),
    inRangeMin: percent(goals.inRange),
    belowRangeMax: percent(goals.belowRange),
    aboveRangeMax: percent(goals.aboveRange),
    reason: "",
  };
}
