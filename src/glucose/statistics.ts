import { type Band, bandOf, edgesMmolL, tightRangeMaxMmolL } from "./bands.ts";
import { coveredMs, spacingBySensorMs } from "./coverage.ts";
import type { Reading } from "./reading.ts";
import { inWindow, spacingMs } from "./series.ts";
import { toMgDl } from "./units.ts";

export interface Statistics {
  /** Readings the numbers rest on, warm-up left out. */
  readonly n: number;
  /** Readings expected over the period at the nominal spacing. */
  readonly expected: number;
  /** Share of the period with data, 0 to 1. */
  readonly activeShare: number;
  readonly spacingMs: number;
  readonly meanMmolL: number | null;
  readonly sdMmolL: number | null;
  readonly cvPercent: number | null;
  readonly gmiPercent: number | null;
  /** Share of time in each band, 0 to 1; the five add up to 1. */
  readonly timeIn: Readonly<Record<Band, number>> | null;
  readonly timeInTightRange: number | null;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** Glucose management indicator in per cent from a mean in mmol/L; not a laboratory A1c. Source: 10.2337/dc18-1581. */
export const gmiPercent = (meanMmolL: number): number => 3.31 + 0.02392 * toMgDl(meanMmolL);

/**
 * How long each reading speaks for, ms. Readings of one spacing all weigh the same. Where sensors of different spacing mix,
 * a reading lasts until the next one, at most 1.5 × its sensor's spacing; before a longer silence it lasts one spacing.
 */
function weightsMs(readings: readonly Reading[], spacings: ReadonlyMap<string, number>): number[] {
  if (new Set(spacings.values()).size <= 1) return readings.map(() => 1);
  return readings.map(({ sensor, timeMs }, index) => {
    const ownMs = spacings.get(sensor) ?? 0;
    const untilNextMs = (readings[index + 1]?.timeMs ?? Number.POSITIVE_INFINITY) - timeMs;
    return untilNextMs <= 1.5 * ownMs ? untilNextMs : ownMs;
  });
}

const none = { meanMmolL: null, sdMmolL: null, cvPercent: null, gmiPercent: null, timeIn: null } as const;

/**
 * Statistics of the readings from `startMs` (inclusive) to `endMs` (exclusive), as clinical.md defines them. Warm-up readings
 * take part in none. SD has n − 1 and needs two readings. Nothing is interpolated. Readings in time order, without duplicates.
 */
export function statisticsOf(
  readings: readonly Reading[],
  period: { readonly startMs: number; readonly endMs: number },
): Statistics {
  const periodMs = Math.max(0, period.endMs - period.startMs);
  const used = inWindow(readings, period.startMs, period.endMs).filter((reading) => !reading.warmUp);
  const n = used.length;
  const nominalMs = spacingMs(used);
  const base = { n, expected: Math.round(periodMs / nominalMs), spacingMs: nominalMs };
  if (n === 0)
    return { ...base, ...none, activeShare: 0, timeInTightRange: null, firstMs: null, lastMs: null };

  const spacings = spacingBySensorMs(used);
  const meanMmolL = used.reduce((sum, r) => sum + r.valueMmolL, 0) / n;
  const squares = used.reduce((sum, r) => sum + (r.valueMmolL - meanMmolL) ** 2, 0);
  const sdMmolL = n < 2 ? null : Math.sqrt(squares / (n - 1));

  const weights = weightsMs(used, spacings);
  const inBand = { "very-low": 0, low: 0, "in-range": 0, high: 0, "very-high": 0 };
  let tight = 0;
  let total = 0;
  for (const [index, { valueMmolL }] of used.entries()) {
    const weight = weights[index] ?? 0;
    inBand[bandOf(valueMmolL)] += weight;
    if (valueMmolL >= edgesMmolL.low && valueMmolL <= tightRangeMaxMmolL) tight += weight;
    total += weight;
  }
  for (const band of Object.keys(inBand) as Band[]) inBand[band] /= total;
  return {
    ...base,
    activeShare: Math.min(1, coveredMs(used, spacings) / periodMs),
    meanMmolL,
    sdMmolL,
    cvPercent: sdMmolL === null ? null : (sdMmolL / meanMmolL) * 100,
    gmiPercent: gmiPercent(meanMmolL),
    timeIn: inBand,
    timeInTightRange: tight / total,
    firstMs: used[0]?.timeMs ?? null,
    lastMs: used.at(-1)?.timeMs ?? null,
  };
}

/**
 * Whether the data can speak for a person's usual glucose: at least 14 days and at least 70 % of the readings, else what
 * is missing. Source: Battelino 2019, 10.2337/dci19-0028.
 */
export function sufficiencyOf(
  { activeShare }: Pick<Statistics, "activeShare">,
  periodMs: number,
): { isLongEnough: boolean; isDenseEnough: boolean } {
  // Fourteen local days are an hour short of 14 × 24 where the clocks go forward.
  return { isLongEnough: periodMs >= (14 * 24 - 1) * 3_600_000, isDenseEnough: activeShare >= 0.7 };
}

/** Glucose counts as stable up to a CV of 36 per cent. Source: Battelino 2019. */
export const isStable = (cvPercent: number): boolean => cvPercent <= 36;
