import { isPlausible } from "./bands.ts";
import type { Reading } from "./reading.ts";
import { inWindow } from "./series.ts";

/** Whether a reading takes part in numbers: past the warm-up, and a value that a sensor can mean. Source: clinical.md. */
export const isUsable = ({ warmUp, valueMmolL }: Reading): boolean => !warmUp && isPlausible(valueMmolL);

/** The usable readings from `startMs` (inclusive) to `endMs` (exclusive). Readings in time order. */
export const usableIn = (
  readings: readonly Reading[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Reading[] => inWindow(readings, startMs, endMs).filter(isUsable);
