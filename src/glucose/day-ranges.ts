import { localDayOf, localDays } from "./local-time.ts";
import { sortedWithWeights } from "./profile.ts";
import { quantile } from "./quantile.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import { spacingsOf } from "./spacing.ts";
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
 * and Drawing. Readings in time order.
 */
export function dayRangesOf(readings: readonly Reading[], timeZone: string): DayRange[] {
  const used = readings.filter(isUsable);
  const [first, last] = [used[0], used.at(-1)];
  if (!first || !last) return [];
  const weights = weightsOf(used, spacingsOf(readings));
  const whole = [
    localDayOf(first.timeMs, timeZone).startMs,
    localDayOf(last.timeMs, timeZone).endMs,
  ] as const;
  return localDays(...whole, timeZone).flatMap(({ startMs, endMs }) => {
    const from = firstAtOrAfter(used, startMs);
    const indices = Array.from({ length: firstAtOrAfter(used, endMs) - from }, (_, i) => from + i);
    if (indices.length === 0) return [];
    const { values, weights: own } = sortedWithWeights(
      indices,
      (index) => (used[index] as Reading).valueMmolL,
      (index) => weights[index] as number,
    );
    return [
      {
        startMs,
        endMs,
        lowestMmolL: values[0] as number,
        medianMmolL: quantile(values, own, 0.5),
        highestMmolL: values.at(-1) as number,
      },
    ];
  });
}
