import { isPlausible } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";

/**
 * The lowest and the highest reading of a stretch of time, mmol/L, without warm-up; null where there is none.
 */
export function extremesOf(
  readings: readonly Reading[],
  { startMs, endMs }: Span,
): { lowestMmolL: number; highestMmolL: number } | null {
  const end = firstAtOrAfter(readings, endMs);
  let [lowestMmolL, highestMmolL] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = firstAtOrAfter(readings, startMs); i < end; i += 1) {
    const { valueMmolL, warmUp } = readings[i] as Reading;
    if (warmUp || !isPlausible(valueMmolL)) continue;
    lowestMmolL = Math.min(lowestMmolL, valueMmolL);
    highestMmolL = Math.max(highestMmolL, valueMmolL);
  }
  return highestMmolL < lowestMmolL ? null : { lowestMmolL, highestMmolL };
}
