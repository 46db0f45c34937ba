export const bands = ["very-low", "low", "in-range", "high", "very-high"] as const;
export type Band = (typeof bands)[number];

/** The edges between the bands, mmol/L: below `veryLow`, below `low`, above `high`, above `veryHigh`. */
export interface Edges {
  readonly veryLow: number;
  readonly low: number;
  readonly high: number;
  readonly veryHigh: number;
}

/** Source: Battelino 2019, 10.2337/dci19-0028. */
export const edgesMmolL = { veryLow: 3.0, low: 3.9, high: 10.0, veryHigh: 13.9 } as const satisfies Edges;

/**
 * The edges from the lowest up, each once: a patient's own range may reach to those of very low or very high.
 */
export const edgesUpward = ({ veryLow, low, high, veryHigh }: Edges): number[] => [
  ...new Set([veryLow, low, high, veryHigh]),
];

/** Upper edge of the tight range 3.9–7.8 mmol/L, which has no goal. Source: PMC10877396. */
export const tightRangeMaxMmolL = 7.8;

/**
 * Top of the glucose axis, mmol/L (350 mg/dL): the same for every day and patient, so that curves compare.
 */
export const axisMaxMmolL = 19.4;

/** Where the axis ends instead, in one step (500 mg/dL), when a reading lies above its usual top. */
export const tallAxisMaxMmolL = 27.8;

/**
 * What a sensor can mean, mmol/L; a value outside takes part in no number. Source:
 * clinical.md, Unit and classification.
 */
export const plausibleMmolL = { min: 1.0, max: 33.3 } as const;

export const isPlausible = (valueMmolL: number): boolean =>
  valueMmolL >= plausibleMmolL.min && valueMmolL <= plausibleMmolL.max;

/**
 * The band of a value in mmol/L, as the platform sent it. 3.9 and 10.0 are in range, 3.0 is low, 13.9 is
 * high; a value between two printed tenths belongs to the band whose edge it has not reached. The edges are
 * those of the patient's targets: no value is judged without them. Source: Battelino 2019.
 */
export function bandOf(valueMmolL: number, edges: Edges): Band {
  if (valueMmolL < edges.veryLow) return "very-low";
  if (valueMmolL < edges.low) return "low";
  if (valueMmolL <= edges.high) return "in-range";
  return valueMmolL <= edges.veryHigh ? "high" : "very-high";
}
