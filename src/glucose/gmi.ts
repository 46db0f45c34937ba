import { toMgDl } from "./units.ts";

/**
 * Glucose management indicator in per cent by the formula of 2026, from a mean in mmol/L; shown beside
 * that of 2018, never instead of it. Source: 10.1007/s00125-026-06739-w, read through three
 * implementations that agree (clinical.md).
 */
export const gmi2026Percent = (meanMmolL: number): number => 1 / (15.36 / toMgDl(meanMmolL) + 0.0425);
