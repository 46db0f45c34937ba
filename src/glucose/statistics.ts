import { type Band, bandOf, type Edges, edgesMmolL, tightRangeMaxMmolL } from "./bands.ts";
import { coveredMs } from "./coverage.ts";
import type { Reading } from "./reading.ts";
import { inWindow } from "./series.ts";
import { spacingsOf } from "./spacing.ts";
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
 * How long the reading at `index` speaks, ms, where sensors of different spacing mix: until the next one, at most 1.5 × its
 * sensor's spacing; before a longer silence one spacing. Readings of one spacing all weigh the same.
 */
function weightMs(readings: readonly Reading[], index: number, spacings: ReadonlyMap<string, number>) {
  const { sensor, timeMs } = readings[index] as Reading;
  const ownMs = spacings.get(sensor) ?? 0;
  const untilNextMs = (readings[index + 1]?.timeMs ?? Number.POSITIVE_INFINITY) - timeMs;
  return untilNextMs <= 1.5 * ownMs ? untilNextMs : ownMs;
}

const none = {
  activeShare: 0,
  meanMmolL: null,
  sdMmolL: null,
  cvPercent: null,
  gmiPercent: null,
  timeIn: null,
  timeInTightRange: null,
  firstMs: null,
  lastMs: null,
} as const;

/**
 * Statistics of the readings from `startMs` (inclusive) to `endMs` (exclusive), as clinical.md defines them. Warm-up readings
 * take part in none. SD has n − 1 and needs two readings. Nothing is interpolated. `edges` are those of the patient's targets.
 * Readings in time order, without duplicates; linear in their number.
 */
export function statisticsOf(
  readings: readonly Reading[],
  period: { readonly startMs: number; readonly endMs: number },
  edges: Edges = edgesMmolL,
): Statistics {
  const periodMs = Math.max(0, period.endMs - period.startMs);
  const used = inWindow(readings, period.startMs, period.endMs).filter((reading) => !reading.warmUp);
  const n = used.length;
  const { overallMs, bySensorMs } = spacingsOf(used);
  const base = { n, expected: Math.round(periodMs / overallMs), spacingMs: overallMs };
  if (n === 0) return { ...base, ...none };

  const isMixed = new Set(bySensorMs.values()).size > 1;
  const timeIn: Record<Band, number> = { "very-low": 0, low: 0, "in-range": 0, high: 0, "very-high": 0 };
  let tight = 0;
  let total = 0;
  let sum = 0;
  for (let index = 0; index < n; index += 1) {
    const { valueMmolL } = used[index] as Reading;
    const weight = isMixed ? weightMs(used, index, bySensorMs) : 1;
    timeIn[bandOf(valueMmolL, edges)] += weight;
    if (valueMmolL >= edgesMmolL.low && valueMmolL <= tightRangeMaxMmolL) tight += weight;
    total += weight;
    sum += valueMmolL;
  }
  for (const band of Object.keys(timeIn) as Band[]) timeIn[band] /= total;

  const meanMmolL = sum / n;
  let squares = 0;
  for (const { valueMmolL } of used) squares += (valueMmolL - meanMmolL) ** 2;
  const sdMmolL = n < 2 ? null : Math.sqrt(squares / (n - 1));
  return {
    ...base,
    activeShare: Math.min(1, coveredMs(used, bySensorMs) / periodMs),
    meanMmolL,
    sdMmolL,
    cvPercent: sdMmolL === null ? null : (sdMmolL / meanMmolL) * 100,
    gmiPercent: gmiPercent(meanMmolL),
    timeIn,
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
