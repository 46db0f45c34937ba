import { isPlausible } from "./bands.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import type { Span } from "./time.ts";

/**
 * Whether a reading takes part in numbers: past the warm-up, and a value that a
 * sensor can mean. Source: clinical.md.
 */
export const isUsable = ({ warmUp, valueMmolL }: Reading): boolean => !warmUp && isPlausible(valueMmolL);

/** The usable readings from `startMs` (inclusive) to `endMs` (exclusive). Readings in time order. */
export const usableIn = (readings: readonly Reading[], { startMs, endMs }: Span): Reading[] => {
  const usable: Reading[] = [];
  const to = firstAtOrAfter(readings, endMs);
  for (let index = firstAtOrAfter(readings, startMs); index < to; index += 1) {
    const reading = readings[index] as Reading;
    if (isUsable(reading)) usable.push(reading);
  }
  return usable;
};
