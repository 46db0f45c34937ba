import { type Edges, edgesMmolL } from "./bands.ts";

/** A goal in per cent of time: strictly more than `min`, or strictly less than `max`. */
export type Goal = { readonly min: number } | { readonly max: number };

/** Whether a share of time (0 to 1, not rounded) meets a goal. */
export const meetsGoal = (share: number, goal: Goal): boolean =>
  "min" in goal ? share * 100 > goal.min : share * 100 < goal.max;

export const targetNames = ["most-adults", "older-high-risk", "pregnancy"] as const;
export type TargetName = (typeof targetNames)[number];

/** A range to aim for and how much of the time. A part without a goal has none in its source. */
export interface Targets {
  readonly edges: Edges;
  readonly goals: {
    readonly inRange: Goal;
    readonly belowRange: Goal;
    readonly aboveRange: Goal;
    readonly veryLow?: Goal;
    readonly veryHigh?: Goal;
  };
}

/** Source: clinical.md, after Battelino 2019, 10.2337/dci19-0028. Pregnancy is that with type 1 diabetes. */
export const targetsOf: Readonly<Record<TargetName, Targets>> = {
  "most-adults": {
    edges: edgesMmolL,
    goals: {
      inRange: { min: 70 },
      belowRange: { max: 4 },
      veryLow: { max: 1 },
      aboveRange: { max: 25 },
      veryHigh: { max: 5 },
    },
  },
  "older-high-risk": {
    edges: edgesMmolL,
    goals: { inRange: { min: 50 }, belowRange: { max: 1 }, aboveRange: { max: 50 }, veryHigh: { max: 10 } },
  },
  pregnancy: {
    edges: { ...edgesMmolL, low: 3.5, high: 7.8 },
    goals: { inRange: { min: 70 }, belowRange: { max: 4 }, veryLow: { max: 1 }, aboveRange: { max: 25 } },
  },
};
