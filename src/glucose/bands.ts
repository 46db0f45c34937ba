export const bands = ["very-low", "low", "in-range", "high", "very-high"] as const;
export type Band = (typeof bands)[number];

/** The edges between the bands, mmol/L. Source: Battelino 2019, 10.2337/dci19-0028. */
export const edgesMmolL = { veryLow: 3.0, low: 3.9, high: 10.0, veryHigh: 13.9 } as const;

/** Upper edge of the tight range 3.9–7.8 mmol/L, which has no goal. Source: PMC10877396. */
export const tightRangeMaxMmolL = 7.8;

/** Top of the glucose axis, mmol/L (350 mg/dL): the same for every day and patient, so that curves compare. */
export const axisMaxMmolL = 19.4;

/**
 * The band of a value in mmol/L, as the platform sent it. 3.9 and 10.0 are in range, 3.0 is low, 13.9 is high; a value
 * between two printed tenths belongs to the band whose edge it has not reached. Source: Battelino 2019.
 */
export function bandOf(valueMmolL: number): Band {
  if (valueMmolL < edgesMmolL.veryLow) return "very-low";
  if (valueMmolL < edgesMmolL.low) return "low";
  if (valueMmolL <= edgesMmolL.high) return "in-range";
  return valueMmolL <= edgesMmolL.veryHigh ? "high" : "very-high";
}

/** A goal in per cent of time: strictly more than `min`, or strictly less than `max`. */
export type Goal = { readonly min: number } | { readonly max: number };

/** Goals for most adults with diabetes. Source: Battelino 2019. */
export const goalsMostAdults = {
  inRange: { min: 70 },
  belowRange: { max: 4 },
  veryLow: { max: 1 },
  aboveRange: { max: 25 },
  veryHigh: { max: 5 },
} as const satisfies Record<string, Goal>;

/** Whether a share of time (0 to 1, not rounded) meets a goal. */
export const meetsGoal = (share: number, goal: Goal): boolean =>
  "min" in goal ? share * 100 > goal.min : share * 100 < goal.max;
