import { type Band, bands } from "./bands.ts";
import { isDense, isStable } from "./statistics.ts";
import { type Goal, percentOf, type Targets } from "./targets.ts";

/** More decimals than any share of counted readings needs to tell it from an edge in whole per cents. */
const mostDecimals = 6;

/**
 * A value with the fewest decimals, at least `decimals`, with which it `says` what the unrounded one says:
 * 3.96 of "below 4" is not "4.0". Where even six do not distinguish the two the sixth is rounded to the
 * value's own side. Source: clinical.md, Shown shares.
 */
export function formatJudged(value: number, decimals: number, says: (value: number) => unknown): string {
  const own = says(value);
  for (let digits = decimals; digits <= mostDecimals; digits += 1) {
    const text = value.toFixed(digits);
    if (says(Number(text)) === own) return text;
  }
  const scale = 10 ** mostDecimals;
  const sides = [Math.floor(value * scale) / scale, Math.ceil(value * scale) / scale];
  return (sides.find((side) => says(side) === own) ?? value).toFixed(mostDecimals);
}

/** Whether a per cent is nothing, something or all, which no rounding may change. */
const extentOf = (percent: number) => (percent <= 0 ? "none" : percent >= 100 ? "all" : "some");

/**
 * On which side of its goal's edge a per cent lies, or on it: "70.0" with "> 70 % not
 * met" is for 70 exactly, not for 69.96.
 */
const saysOf = (goal: Goal | undefined) => (percent: number) => {
  const edge = goal && ("min" in goal ? goal.min : goal.max);
  return `${extentOf(percent)} ${edge === undefined ? "" : Math.sign(percent - edge)}`;
};

/** One share (0 to 1) shown alone, as per cent without the sign. Source: clinical.md, Shown shares. */
export const formatShare = (share: number): string => formatJudged(percentOf(share), 1, extentOf);

const below = [bands.indexOf("low"), bands.indexOf("very-low")] as const;
const above = [bands.indexOf("high"), bands.indexOf("very-high")] as const;

/**
 * Five shares in so many parts of a whole that they add up to, each rounded up or down: by
 * largest remainder, among the ways in which neither sum (all below, all above the range)
 * lies a part or more from its own true value.
 */
function evenedOut(shares: readonly number[], whole: number): readonly number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return shares.map(() => 0);
  // A part that only floating point keeps from being whole is whole.
  const exact = shares.map((share) => Number(((share / total) * whole).toFixed(7)));
  const floors = exact.map(Math.floor);
  const rest = whole - floors.reduce((sum, parts) => sum + parts, 0);
  let best = floors;
  let bestRemainder = -1;
  for (let ups = 0; ups < 2 ** shares.length; ups += 1) {
    const isUp = (index: number) => ((ups >> index) & 1) === 1;
    const shown = floors.map((parts, index) => parts + Number(isUp(index)));
    const remainders = exact.map((value, index) => value - (floors[index] ?? 0));
    const raised = remainders.filter((_, index) => isUp(index));
    const isOff = [below, above].some(([a, b]) => {
      const off = (shown[a] ?? 0) + (shown[b] ?? 0) - (exact[a] ?? 0) - (exact[b] ?? 0);
      return Math.abs(off) >= 1;
    });
    if (raised.length !== rest || raised.includes(0) || isOff) continue;
    const remainder = raised.reduce((sum, value) => sum + value, 0);
    if (remainder > bestRemainder + 1e-9) [best, bestRemainder] = [shown, remainder];
  }
  return best;
}

/** The five shares of time (0 to 1) as per cent with two decimals that add up to 100, for other programs: `formatShares` with a digit more. */
export function percentsToHundredths(timeIn: Readonly<Record<Band, number>>): Record<Band, number> {
  const hundredths = evenedOut(
    bands.map((band) => timeIn[band]),
    10_000,
  );
  return Object.fromEntries(bands.map((band, index) => [band, (hundredths[index] ?? 0) / 100])) as Record<
    Band,
    number
  >;
}

export type ShownShares = Readonly<Record<Band | "below" | "above", string>>;

/**
 * The shares of time (0 to 1) in the five bands, and all below and all above the range, as per cent without
 * the sign: one decimal, the five adding up to 100.0, each sum that of its parts as shown. A row whose tenths
 * would contradict its goal's verdict, or would call something nothing or all, shows as many decimals as it
 * needs. Source: clinical.md, Shown shares.
 */
export function formatShares(
  timeIn: Readonly<Record<Band, number>>,
  { inRange, belowRange, aboveRange, veryLow, veryHigh }: Targets["goals"],
): ShownShares {
  const tenths = evenedOut(
    bands.map((band) => timeIn[band]),
    1000,
  );
  const row = (parts: readonly number[], goal?: Goal): string => {
    const share = parts.reduce((sum, index) => sum + timeIn[bands[index] as Band], 0);
    const shown = parts.reduce((sum, index) => sum + (tenths[index] ?? 0), 0) / 10;
    const says = saysOf(goal);
    const percent = percentOf(share);
    return says(shown) === says(percent) ? shown.toFixed(1) : formatJudged(percent, 2, says);
  };
  return {
    "very-low": row([bands.indexOf("very-low")], veryLow),
    low: row([bands.indexOf("low")]),
    "in-range": row([bands.indexOf("in-range")], inRange),
    high: row([bands.indexOf("high")]),
    "very-high": row([bands.indexOf("very-high")], veryHigh),
    below: row(below, belowRange),
    above: row(above, aboveRange),
  };
}

/**
 * The share of data (0 to 1) as per cent without the sign: on the same side of the 70 %
 * that judging needs as the unrounded one.
 */
export const formatActiveShare = (share: number, decimals = 1): string =>
  formatJudged(percentOf(share), decimals, (percent) => `${extentOf(percent)} ${isDense(percent / 100)}`);

/** CV in per cent without the sign: on the same side of stable as the unrounded one. */
export const formatCv = (cvPercent: number): string => formatJudged(cvPercent, 1, isStable);
