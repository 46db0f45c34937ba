import { localDayOf, localDays } from "./local-time.ts";
import { quantile, sortedWithWeights } from "./quantile.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import { type Spacings, spacingsOf } from "./spacing.ts";
import type { Span } from "./time.ts";
import { isUsable } from "./usable.ts";
import { weightsOf } from "./weights.ts";

/** A local day with readings: its lowest, median and highest value, mmol/L. */
export interface DayRange extends Span {
  readonly lowestMmolL: number;
  readonly medianMmolL: number;
  readonly highestMmolL: number;
}

/**
 * Each local day's range and median, warm-up and values that no sensor can mean left out, each reading
 * weighing the time it stands for. A day without readings is not among them. Source: clinical.md, Statistics
 * and Drawing. Readings in time order; `spacings` where they were found with more readings at hand.
 */
export function dayRangesOf(
  readings: readonly Reading[],
  timeZone: string,
  spacings: Spacings = spacingsOf(readings),
): DayRange[] {
  const used = readings.every(isUsable) ? readings : readings.filter(isUsable);
  const [first, last] = [used[0], used.at(-1)];
  if (!first || !last) return [];
  const weights = weightsOf(used, spacings);
  const values = new Float64Array(used.length);
  for (let index = 0; index < used.length; index += 1) values[index] = (used[index] as Reading).valueMmolL;
  const whole = [
    localDayOf(first.timeMs, timeZone).startMs,
    localDayOf(last.timeMs, timeZone).endMs,
  ] as const;
  return localDays(...whole, timeZone).flatMap(({ startMs, endMs }) => {
    const [from, to] = [firstAtOrAfter(used, startMs), firstAtOrAfter(used, endMs)];
    if (from === to) return [];
    const day = sortedWithWeights(values.subarray(from, to), weights.subarray(from, to));
    return [
      {
        startMs,
        endMs,
        lowestMmolL: day.values[0] as number,
        medianMmolL: quantile(day.values, day.weights, 0.5),
        highestMmolL: day.values.at(-1) as number,
      },
    ];
  });
}
