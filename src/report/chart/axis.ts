import { axisMaxMmolL, type Edges, edgesUpward, isPlausible, tallAxisMaxMmolL } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";

/**
 * Where the glucose axis of a period ends, mmol/L: at its usual top, or one step higher when anything drawn
 * in the period lies above that. It belongs to the whole period, so that it never jumps while one zooms.
 */
export function axisTopMmolL(readings: readonly Reading[], { startMs, endMs }: Span): number {
  const end = firstAtOrAfter(readings, endMs);
  for (let i = firstAtOrAfter(readings, startMs); i < end; i += 1) {
    const { valueMmolL } = readings[i] as Reading;
    if (valueMmolL > axisMaxMmolL && isPlausible(valueMmolL)) return tallAxisMaxMmolL;
  }
  return axisMaxMmolL;
}

/** The values named on the glucose axis, mmol/L, ascending: the edges, its usual top and where it ends. */
export const axisTicks = (edges: Edges, topMmolL: number): number[] => [
  ...edgesUpward(edges),
  axisMaxMmolL,
  ...(topMmolL > axisMaxMmolL ? [topMmolL] : []),
];
