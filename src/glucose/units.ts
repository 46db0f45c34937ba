export type GlucoseUnit = "mmol/L" | "mg/dL";

/** mg/dL in one mmol/L of glucose (clinical.md). */
const mgDlPerMmolL = 18.01559;

/** mmol/L to mg/dL, not rounded. */
export const toMgDl = (valueMmolL: number): number => valueMmolL * mgDlPerMmolL;

/** A glucose value (mmol/L) as shown: one decimal in mmol/L, an integer in mg/dL; without the unit's name. */
export const formatGlucose = (valueMmolL: number, unit: GlucoseUnit): string =>
  unit === "mmol/L" ? valueMmolL.toFixed(1) : toMgDl(valueMmolL).toFixed(0);
