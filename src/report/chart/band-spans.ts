import { type Band, bands, type Edges } from "#glucose/bands.ts";

/**
 * From where to where each band is drawn up an axis, mmol/L. Values have one decimal: 10.0 is in range, 10.1 is
 * high, and the colour changes between them.
 */
export function bandSpans(
  edges: Edges,
  topMmolL: number,
): { band: Band; fromMmolL: number; toMmolL: number }[] {
  const uppers: Record<Band, number> = {
    "very-low": edges.veryLow,
    low: edges.low,
    "in-range": edges.high + 0.05,
    high: edges.veryHigh + 0.05,
    "very-high": topMmolL,
  };
  return bands.map((band, i) => {
    const below = bands[i - 1];
    return { band, fromMmolL: below ? uppers[below] : 0, toMmolL: uppers[band] };
  });
}
