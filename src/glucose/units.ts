export type GlucoseUnit = "mmol/L" | "mg/dL";

/** mg/dL in one mmol/L of glucose (clinical.md). */
const mgDlPerMmolL = 18.01559;

/** mmol/L to mg/dL, not rounded. */
export const toMgDl = (valueMmolL: number): number => valueMmolL * mgDlPerMmolL;

/**
 * A glucose value (mmol/L) as shown: one decimal in mmol/L, an integer in mg/dL; without the unit's name. One
 * that no sensor can mean and that rounding would make nothing is not called 0.
 */
export function formatGlucose(valueMmolL: number, unit: GlucoseUnit): string {
  const [value, decimals] = unit === "mmol/L" ? [valueMmolL, 1] : [toMgDl(valueMmolL), 0];
  const text = value.toFixed(decimals);
  return value > 0 && Number(text) === 0 ? `<${(10 ** -decimals).toFixed(decimals)}` : text;
}

/**
 * The edges as they are published in mg/dL, by mmol/L: 7.8 is 140, not the 141
 * it converts to. Source: clinical.md.
 */
const publishedMgDl: ReadonlyMap<number, number> = new Map([
  [3.0, 54],
  [3.5, 63],
  [3.9, 70],
  [7.8, 140],
  [10.0, 180],
  [13.9, 250],
  [19.4, 350],
  [27.8, 500],
]);

/**
 * An edge of a range or of the axis (mmol/L) as printed: in mg/dL the published one; without the unit's name.
 */
export const formatEdge = (edgeMmolL: number, unit: GlucoseUnit): string =>
  unit === "mmol/L"
    ? edgeMmolL.toFixed(1)
    : String(publishedMgDl.get(edgeMmolL) ?? Math.round(toMgDl(edgeMmolL)));
