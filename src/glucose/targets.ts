import { type Edges, edgesMmolL } from "./bands.ts";

/** A goal in per cent of time: strictly more than `min`, or strictly less than `max`. */
export type Goal = { readonly min: number } | { readonly max: number };

/** A share (0 to 1) in per cent, without what floating point adds in the tenth decimal: 0.29 is 29 %. */
export const percentOf = (share: number): number => Number((share * 100).toFixed(9));

/** Whether a share of time (0 to 1, not rounded) meets a goal. */
export const meetsGoal = (share: number, goal: Goal): boolean =>
  "min" in goal ? percentOf(share) > goal.min : percentOf(share) < goal.max;

export const targetNames = [
  "most-adults",
  "older-high-risk",
  "pregnancy",
  "pregnancy-other",
  "children",
  "in-hospital",
] as const;
export type TargetName = (typeof targetNames)[number];

/** What a number stands on: agreed by experts, seen in a study, or printed beside as a measure only. */
type Kind = "consensus" | "evidence" | "reference";

export interface Source {
  readonly kind: Kind;
  readonly name: string;
}

/** Beside the goals and never judged: what a study found, or what to watch. */
interface TargetNote {
  readonly what: "evidence-pregnancy-other" | "no-percentages" | "watch-falling";
  readonly source: Source;
}

/**
 * A range to aim for and how much of the time. A part without a goal has none in its
 * source, and nothing is judged there.
 */
export interface Targets {
  readonly edges: Edges;
  readonly goals: {
    readonly inRange?: Goal;
    readonly belowRange?: Goal;
    readonly aboveRange?: Goal;
    readonly veryLow?: Goal;
    readonly veryHigh?: Goal;
  };
  /** Of range and goals; null where a clinician set them. */
  readonly source: Source | null;
  readonly notes: readonly TargetNote[];
}

const battelino2019: Source = { kind: "consensus", name: "Battelino 2019, 10.2337/dci19-0028" };
const pregnancyEdges: Edges = { ...edgesMmolL, low: 3.5, high: 7.8 };
const usualGoals = {
  inRange: { min: 70 },
  belowRange: { max: 4 },
  veryLow: { max: 1 },
  aboveRange: { max: 25 },
  veryHigh: { max: 5 },
} as const;

/** Source: clinical.md, the two tables of targets. `pregnancy` is that with type 1 diabetes. */
export const targetsOf = {
  "most-adults": { edges: edgesMmolL, goals: usualGoals, source: battelino2019, notes: [] },
  "older-high-risk": {
    edges: edgesMmolL,
    goals: { inRange: { min: 50 }, belowRange: { max: 1 }, aboveRange: { max: 50 }, veryHigh: { max: 10 } },
    source: battelino2019,
    notes: [],
  },
  pregnancy: {
    edges: pregnancyEdges,
    goals: { inRange: { min: 70 }, belowRange: { max: 4 }, veryLow: { max: 1 }, aboveRange: { max: 25 } },
    source: battelino2019,
    notes: [],
  },
  "pregnancy-other": {
    edges: pregnancyEdges,
    goals: {},
    source: battelino2019,
    notes: [
      { what: "no-percentages", source: battelino2019 },
      {
        what: "evidence-pregnancy-other",
        source: { kind: "evidence", name: "DiGest, 10.2337/dc25-0452" },
      },
    ],
  },
  children: {
    edges: edgesMmolL,
    goals: usualGoals,
    source: { kind: "consensus", name: "ISPAD 2024" },
    notes: [],
  },
  "in-hospital": {
    edges: edgesMmolL,
    goals: { belowRange: { max: 1 } },
    source: { kind: "consensus", name: "JBDS, 10.1177/19322968221137338" },
    notes: [
      {
        what: "watch-falling",
        source: { kind: "consensus", name: "JBDS, 10.1177/19322968221137338" },
      },
    ],
  },
} as const satisfies Readonly<Record<TargetName, Targets>>;

/**
 * What a clinician set for one patient: the range, mmol/L in tenths, and goals in
 * per cent for those parts that have one.
 */
export interface OwnTargets {
  readonly low: number;
  readonly high: number;
  readonly inRangeMin?: number;
  readonly belowRangeMax?: number;
  readonly aboveRangeMax?: number;
}

/** A preset by its name, or the patient's own. */
export type TargetChoice = TargetName | OwnTargets;

/**
 * The lowest and the highest that an edge of a patient's own range may be:
 * those of very low and very high stay.
 */
export const ownEdgeLimits = { min: edgesMmolL.veryLow, max: edgesMmolL.veryHigh } as const;

/** What values of a patient are judged by. The edges of very low and very high are everybody's. */
export function targetsFor(choice: TargetChoice): Targets {
  if (typeof choice === "string") return targetsOf[choice];
  const { low, high, inRangeMin, belowRangeMax, aboveRangeMax } = choice;
  return {
    edges: { ...edgesMmolL, low, high },
    goals: {
      ...(inRangeMin !== undefined && { inRange: { min: inRangeMin } }),
      ...(belowRangeMax !== undefined && { belowRange: { max: belowRangeMax } }),
      ...(aboveRangeMax !== undefined && { aboveRange: { max: aboveRangeMax } }),
    },
    source: null,
    notes: [],
  };
}

/** The same for equal choices, another for any other: the key of kept numbers. */
export const targetKey = (choice: TargetChoice): string =>
  typeof choice === "string"
    ? choice
    : JSON.stringify([
        choice.low,
        choice.high,
        choice.inRangeMin,
        choice.belowRangeMax,
        choice.aboveRangeMax,
      ]);
