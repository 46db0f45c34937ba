import type { Band } from "../bands.ts";
import { percentOf } from "../targets.ts";

/**
 * What a view looks at in one stretch of whole local days: shares (0 to 1) of the time of the readings, at
 * the published edges 3.0, 3.9, 10.0 and 13.9 mmol/L for everybody, whatever their own targets.
 */
export interface PublishedFigures {
  /**
   * Readings received / readings expected at the sensor's spacing over all the stretch, 0 to 1: time without
   * a sensor counts as not worn.
   */
  readonly wornShare: number;
  /** Null without a reading. */
  readonly timeIn: Readonly<Record<Band, number>> | null;
}

/** The latest days and as many or more before them; null where a stretch could not be read. */
export interface Stretches {
  readonly latest: PublishedFigures | null;
  readonly earlier: PublishedFigures | null;
}

/** Whole local days: the latest ones, and those right before them that they are compared with. */
export interface Period {
  readonly days: number;
  readonly daysBefore: number;
}

/** Why a stretch has no figures: nothing was measured in it, or it could not be read. */
export type Missing = "no-reading" | "not-read";

export function missingIn(figures: PublishedFigures | null): Missing | null {
  if (figures === null) return "not-read";
  return figures.timeIn === null ? "no-reading" : null;
}

/** Per cent of a share (0 to 1) of the latest readings' time; null where it cannot be known. */
const share = (of: (timeIn: Readonly<Record<Band, number>>) => number) => (stretches: Stretches) =>
  stretches.latest?.timeIn ? percentOf(of(stretches.latest.timeIn)) : null;

const percentOfMeasure = {
  /** Below 3.0 mmol/L. */
  "very-low": share((timeIn) => timeIn["very-low"]),
  /** 3.0 to 3.8 mmol/L, very low left out. */
  low: share((timeIn) => timeIn.low),
  /** All below 3.9 mmol/L. */
  "below-range": share((timeIn) => timeIn["very-low"] + timeIn.low),
  /** 3.9 to 10.0 mmol/L. */
  "in-range": share((timeIn) => timeIn["in-range"]),
  /** Points by which the share in range is smaller than in the days before. */
  "in-range-fall": ({ latest, earlier }) =>
    latest?.timeIn && earlier?.timeIn
      ? percentOf(earlier.timeIn["in-range"] - latest.timeIn["in-range"])
      : null,
  /** All above 10.0 mmol/L. */
  "above-range": share((timeIn) => timeIn.high + timeIn["very-high"]),
  /** Above 13.9 mmol/L. */
  "very-high": share((timeIn) => timeIn["very-high"]),
  /** Readings received of those expected. */
  worn: ({ latest }) => latest && percentOf(latest.wornShare),
} satisfies Readonly<Record<string, (stretches: Stretches) => number | null>>;

type Measure = keyof typeof percentOfMeasure;

/** What a measure in per cent (a fall in points) is held against. */
export interface Limit {
  readonly measure: Measure;
  readonly comparison: ">" | ">=" | "<" | "<=";
  readonly percent: number;
}

/** One published rule: it holds where all its limits do. */
export interface Rule<Key extends string> {
  readonly key: Key;
  readonly limits: readonly [Limit, ...Limit[]];
  readonly period: Period;
}

/** A rule that holds, with the measure of its first limit, not rounded, as it was judged. */
export interface Reason<Key extends string> {
  readonly key: Key;
  readonly percent: number;
}

/** In per cent or points, not rounded; null where the figures for it are missing. */
export const measured = (measure: Measure, stretches: Stretches): number | null =>
  percentOfMeasure[measure](stretches);

/** Whether the unrounded measure is beyond the limit; what cannot be known is not. */
export function holds({ measure, comparison, percent }: Limit, stretches: Stretches): boolean {
  const value = measured(measure, stretches);
  if (value === null) return false;
  if (comparison === ">") return value > percent;
  if (comparison === ">=") return value >= percent;
  return comparison === "<" ? value < percent : value <= percent;
}

/** The rules that hold, in their order. */
export const reasonsOf = <Key extends string>(
  rules: readonly Pick<Rule<Key>, "key" | "limits">[],
  stretches: Stretches,
): Reason<Key>[] =>
  rules.flatMap(({ key, limits }) => {
    const percent = measured(limits[0].measure, stretches);
    return percent !== null && limits.every((limit) => holds(limit, stretches)) ? [{ key, percent }] : [];
  });

/** Lowest first; what cannot be known comes last. */
export const compareLowest = (a: number | null, b: number | null): number =>
  a === b ? 0 : (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY);
