import type { Band, Edges } from "./bands.ts";
import { formatEdge, type GlucoseUnit } from "./units.ts";

/**
 * The five ranges as they are printed, without the unit: a band begins a tenth, in mg/dL one, after the one
 * below it ends, so 3.0–3.8 and 54–69. Source: clinical.md.
 */
export function formatRanges(
  { veryLow, low, high, veryHigh }: Edges,
  unit: GlucoseUnit,
): Record<Band, string> {
  const at = (edge: number) => formatEdge(edge, unit);
  const beside = (edge: number, steps: 1 | -1) =>
    unit === "mmol/L" ? (edge + steps / 10).toFixed(1) : String(Number(at(edge)) + steps);
  // A range that reaches to the next edge leaves nothing between them.
  const between = (isEmpty: boolean, from: string, to: string) => (isEmpty ? "–" : `${from}–${to}`);
  return {
    "very-low": `< ${at(veryLow)}`,
    low: between(low <= veryLow, at(veryLow), beside(low, -1)),
    "in-range": `${at(low)}–${at(high)}`,
    high: between(high >= veryHigh, beside(high, 1), at(veryHigh)),
    "very-high": `> ${at(veryHigh)}`,
  };
}
