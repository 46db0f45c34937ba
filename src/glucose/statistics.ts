import { type Band, bandOf, type Edges, edgesMmolL, tightRangeMaxMmolL } from "./bands.ts";
import { expectedOf } from "./expected.ts";
import type { SensorLife } from "./gaps.ts";
import type { Reading } from "./reading.ts";
import { sensorSpansOf } from "./sensor-spans.ts";
import { spacingOf, spacingsOf } from "./spacing.ts";
import type { Span } from "./time.ts";
import { toMgDl } from "./units.ts";
import { usableIn } from "./usable.ts";
import { weightsOf } from "./weights.ts";

export interface Statistics {
  /** Readings the numbers rest on: no warm-up, and no value that no sensor can mean. */
  readonly n: number;
  /** Readings expected of the sensors worn within the period, each at its own spacing. */
  readonly expected: number;
  /** n / expected, 0 to 1. */
  readonly activeShare: number;
  /** Share of the period that the readings stand for, 0 to 1: smaller where nobody wore a sensor. */
  readonly coveredShare: number;
  /** The nominal spacings of the sensors that measured, ascending, ms. */
  readonly spacingsMs: readonly number[];
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

/**
 * Glucose management indicator in per cent from a mean in mmol/L; not a
 * laboratory A1c. Source: 10.2337/dc18-1581.
 */
export const gmiPercent = (meanMmolL: number): number => 3.31 + 0.02392 * toMgDl(meanMmolL);

export const noStatistics = {
  activeShare: 0,
  coveredShare: 0,
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
 * Statistics of the readings from `startMs` (inclusive) to `endMs` (exclusive), as clinical.md defines them:
 * all of them weigh each reading by the time it stands for. SD has n − 1 and needs two readings. Nothing is
 * interpolated. `edges` are those of the patient's targets;
 * `lives` give when a sensor was worn. `readings` are all at hand in time order, those outside the period
 * too: they give a sensor's spacing. Linear in their number.
 */
export function statisticsOf(
  readings: readonly Reading[],
  period: Span,
  edges: Edges,
  lives: ReadonlyMap<string, SensorLife> = new Map(),
): Statistics {
  const used = usableIn(readings, period);
  const n = used.length;
  const spacings = spacingsOf(readings);
  const measured = [...new Set([...sensorSpansOf(used).keys()].map((sensor) => spacingOf(spacings, sensor)))];
  const base = {
    n,
    expected: expectedOf(readings, used, period, lives),
    spacingsMs: measured.sort((a, b) => a - b),
  };
  if (n === 0) return { ...base, ...noStatistics };

  const weights = weightsOf(used, spacings);
  const timeIn: Record<Band, number> = { "very-low": 0, low: 0, "in-range": 0, high: 0, "very-high": 0 };
  let tight = 0;
  let total = 0;
  let sum = 0;
  for (let index = 0; index < n; index += 1) {
    const { valueMmolL } = used[index] as Reading;
    const weight = weights[index] as number;
    timeIn[bandOf(valueMmolL, edges)] += weight;
    if (valueMmolL >= edgesMmolL.low && valueMmolL <= tightRangeMaxMmolL) tight += weight;
    total += weight;
    sum += weight * valueMmolL;
  }
  for (const band of Object.keys(timeIn) as Band[]) timeIn[band] /= total;

  const meanMmolL = sum / total;
  let squares = 0;
  for (let index = 0; index < n; index += 1)
    squares += (weights[index] as number) * ((used[index] as Reading).valueMmolL - meanMmolL) ** 2;
  const sdMmolL = n < 2 ? null : Math.sqrt(((squares / total) * n) / (n - 1));
  return {
    ...base,
    activeShare: n / base.expected,
    coveredShare: Math.min(1, total / (period.endMs - period.startMs)),
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

/** Whether a share of data (0 to 1) is enough to judge by. Source: Battelino 2019, 10.2337/dci19-0028. */
export const isDense = (share: number): boolean => share >= 0.7;

/**
 * Whether there are 70 % of the readings that the sensors worn could give, and of the period: two complete
 * days of fourteen are not enough.
 */
export const isDenseEnough = ({
  activeShare,
  coveredShare,
}: Pick<Statistics, "activeShare" | "coveredShare">): boolean => isDense(Math.min(activeShare, coveredShare));

/**
 * Whether the data of so many days can speak for a person's usual glucose: at least 14 days, and enough of
 * them; else what is missing. Source: Battelino 2019, 10.2337/dci19-0028.
 */
export const sufficiencyOf = (
  statistics: Pick<Statistics, "activeShare" | "coveredShare">,
  days: number,
): { isLongEnough: boolean; isDenseEnough: boolean } => ({
  isLongEnough: days >= 14,
  isDenseEnough: isDenseEnough(statistics),
});

/** Glucose counts as stable up to a CV of 36 per cent. Source: Battelino 2019. */
export const isStable = (cvPercent: number): boolean => cvPercent <= 36;
