import { localDays, localMinuteOfDay } from "./local-time.ts";
import { quantile, sortedWithWeights } from "./quantile.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import { spacingsOf } from "./spacing.ts";
import type { Span } from "./time.ts";
import { usableIn } from "./usable.ts";
import { weightsOf } from "./weights.ts";

/** Values of one time of day in mmol/L: percentiles by linear interpolation. */
export interface Percentiles {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

interface ProfileBin {
  /** Local time of day at which the bin begins, minutes after midnight. */
  readonly minuteOfDay: number;
  readonly n: number;
  /** As measured; null where the hour around has too little data. */
  readonly exact: Percentiles | null;
  /** As drawn: each bin with half the weight of its neighbours' on either side, around midnight too. */
  readonly smooth: Percentiles | null;
}

export interface GlucoseProfile {
  /** Local days with at least one reading. */
  readonly daysWithData: number;
  /** Whether there are the 7 days with data that the curve needs. */
  readonly isEnough: boolean;
  readonly bins: readonly ProfileBin[];
}

export const profileBinMinutes = 15;
const binsPerDay = 1440 / profileBinMinutes;
const binsPerHour = 60 / profileBinMinutes;
const fewestDays = 7;
/** An hour of the day is drawn when readings of at least so many different days fall into it. */
export const fewestDaysPerHour = 5;
const ranks = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const;
const names = Object.keys(ranks) as (keyof Percentiles)[];

const percentilesBy = (value: (name: keyof Percentiles) => number): Percentiles =>
  Object.fromEntries(names.map((name) => [name, value(name)])) as unknown as Percentiles;

/** Weights 1, 2, 1 over a bin and its neighbours; a neighbour without data has no weight. */
function smoothed(exact: readonly (Percentiles | null)[], index: number): Percentiles | null {
  const at = (shift: number) => exact[(index + shift + binsPerDay) % binsPerDay] ?? null;
  const own = at(0);
  if (!own) return null;
  const parts = [
    { of: at(-1), weight: 1 },
    { of: own, weight: 2 },
    { of: at(1), weight: 1 },
  ].flatMap(({ of, weight }) => (of ? [{ of, weight }] : []));
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return percentilesBy((name) => parts.reduce((sum, { of, weight }) => sum + of[name] * weight, 0) / total);
}

/**
 * The glucose profile: readings from `startMs` (inclusive) to `endMs` (exclusive) by local time of day in the
 * patient's zone, in bins of 15 minutes, warm-up left out, each weighing the time it stands for. The local
 * clock decides: on a day of 25 hours one hour counts twice, on a day of 23 one is missing. Nothing is
 * invented: an hour with readings of fewer than five days is empty. Source: clinical.md, Statistics.
 */
export function profileOf(readings: readonly Reading[], period: Span, timeZone: string): GlucoseProfile {
  const used = usableIn(readings, period);
  const weights = weightsOf(used, spacingsOf(readings));
  /** Indices among the used readings. */
  const members: number[][] = Array.from({ length: binsPerDay }, () => []);
  const daysInHour = new Uint16Array(24);
  let daysWithData = 0;
  for (const day of localDays(period.startMs, period.endMs, timeZone)) {
    const from = firstAtOrAfter(used, day.startMs);
    const to = firstAtOrAfter(used, day.endMs);
    if (from < to) daysWithData += 1;
    const seen = new Set<number>();
    for (let index = from; index < to; index += 1) {
      const { timeMs } = used[index] as Reading;
      const bin = Math.floor(localMinuteOfDay(timeMs, timeZone) / profileBinMinutes);
      members[bin]?.push(index);
      seen.add(Math.floor(bin / binsPerHour));
    }
    for (const hour of seen) daysInHour[hour] = (daysInHour[hour] ?? 0) + 1;
  }
  const valueAt = (index: number) => (used[index] as Reading).valueMmolL;
  const exact = members.map((own, bin) => {
    const days = daysInHour[Math.floor(bin / binsPerHour)] ?? 0;
    if (days < fewestDaysPerHour || own.length === 0) return null;
    const weighed = sortedWithWeights(
      Float64Array.from(own, valueAt),
      Float64Array.from(own, (index) => weights[index] as number),
    );
    return percentilesBy((name) => quantile(weighed.values, weighed.weights, ranks[name]));
  });
  return {
    daysWithData,
    isEnough: daysWithData >= fewestDays,
    bins: members.map((own, bin) => ({
      minuteOfDay: bin * profileBinMinutes,
      n: own.length,
      exact: exact[bin] ?? null,
      smooth: smoothed(exact, bin),
    })),
  };
}
