/** How many sensors ended at a time of wear, and how many were last known to be still worn then (censored). */
export interface Tally {
  readonly time: number;
  readonly ended: number;
  readonly censored: number;
}

/** The curve from a time on, until the next step. */
export interface SurvivalStep extends Tally {
  /** Of those whose wear was at least so long. */
  readonly atRisk: number;
  /** Kaplan and Meier's estimate of the share that is worn for longer. */
  readonly share: number;
  /** Greenwood's variance of it. */
  readonly variance: number;
  /** A 95 % interval by log(−log S), which never leaves 0 to 1; null where the share is 0 or 1, as in R. */
  readonly interval: readonly [low: number, high: number] | null;
}

export interface Median {
  /** Null where the curve does not come down to a half. */
  readonly time: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface LogRank {
  readonly observed: readonly [number, number];
  readonly expected: readonly [number, number];
  /** Null where nothing can be compared: no end while both were at risk. */
  readonly chiSquare: number | null;
  readonly p: number | null;
}

/** The normal distribution's 97.5 % point. */
const z = 1.959963984540054;

const isWithin = ({ time, ended, censored }: Tally): boolean =>
  Number.isFinite(time) && time >= 0 && ended >= 0 && censored >= 0 && ended + censored > 0;

/** In order of time, each once; what is out of range is left out. */
function inOrder(tallies: readonly Tally[]): Tally[] {
  const merged = new Map<number, Tally>();
  for (const tally of tallies.filter(isWithin)) {
    const { time, ended, censored } = tally;
    const before = merged.get(time);
    merged.set(time, {
      time,
      ended: ended + (before?.ended ?? 0),
      censored: censored + (before?.censored ?? 0),
    });
  }
  return [...merged.values()].sort((a, b) => a.time - b.time);
}

const sizeOf = ({ ended, censored }: Tally): number => ended + censored;

const intervalOf = (share: number, sum: number): SurvivalStep["interval"] => {
  if (share <= 0 || share >= 1) return null;
  const width = (z * Math.sqrt(sum)) / Math.log(share);
  const logMinusLog = Math.log(-Math.log(share));
  return [Math.exp(-Math.exp(logMinusLog - width)), Math.exp(-Math.exp(logMinusLog + width))];
};

/**
 * The Kaplan–Meier curve of wear (Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 2002, 1.4).
 * Who ended and who was censored at the same time were both at risk until then.
 */
export function survivalOf(tallies: readonly Tally[]): SurvivalStep[] {
  const times = inOrder(tallies);
  let atRisk = times.reduce((sum, tally) => sum + sizeOf(tally), 0);
  let share = 1;
  let sum = 0;
  return times.map((tally) => {
    const { ended } = tally;
    const now = atRisk;
    share *= 1 - ended / now;
    if (ended > 0) sum += ended / (now * (now - ended));
    atRisk -= sizeOf(tally);
    const variance = share === 0 ? 0 : share * share * sum;
    return { ...tally, atRisk: now, share, variance, interval: intervalOf(share, sum) };
  });
}

/** Ends up to so many hours before the planned one are on time, whatever the sensor's own plan is. */
const plannedToleranceHours = 3;

export interface EarlyShare {
  /** Of all, how many have ended early by `hours`, with its 95 % interval. */
  readonly share: number;
  readonly interval: readonly [low: number, high: number];
  readonly hours: number;
  /** Whether any sensor was followed to the planned end; else `hours` is as far as the longest was. */
  readonly isFollowed: boolean;
  readonly sensors: number;
}

/**
 * The share that ends early by the planned time, from the curve of early ends: who is still worn counts for as long as
 * they were followed, so that a young lot looks no worse than it is. Null where the curve has no interval.
 */
export function earlyShareOf(steps: readonly SurvivalStep[], plannedHours: number | null): EarlyShare | null {
  const longest = steps.at(-1)?.time ?? 0;
  const isFollowed = plannedHours !== null && longest >= plannedHours - plannedToleranceHours;
  const hours = isFollowed ? plannedHours : longest;
  const step = stepAt(steps, hours);
  if (!step?.interval) return null;
  const [low, high] = step.interval;
  const sensors = steps[0]?.atRisk ?? 0;
  return { share: 1 - step.share, interval: [1 - high, 1 - low], hours, isFollowed, sensors };
}

/** How many were worn for at least so long. */
export const atRiskAt = (steps: readonly SurvivalStep[], time: number): number =>
  steps.find((step) => step.time >= time)?.atRisk ?? 0;

/** The share that is worn for longer than this; 1 before the first step. */
export const stepAt = (steps: readonly SurvivalStep[], time: number): SurvivalStep | null =>
  steps.findLast((step) => step.time <= time) ?? null;

const tolerance = Math.sqrt(Number.EPSILON);

/** Where a curve comes down to a half; the middle of the stretch on which it is just a half. */
function halfOf(points: readonly { time: number; share: number | null }[]): number | null {
  const low = points.filter(
    (point): point is { time: number; share: number } =>
      point.share !== null && point.share < 0.5 + tolerance,
  );
  const [first] = low;
  if (!first) return null;
  const next = low.find(({ share }) => share < first.share);
  return Math.abs(first.share - 0.5) < tolerance && next ? (first.time + next.time) / 2 : first.time;
}

/** The median wear, with the interval in which the band crosses a half (Brookmeyer and Crowley 1982). */
export const medianOf = (steps: readonly SurvivalStep[]): Median => ({
  time: halfOf(steps),
  low: halfOf(steps.map(({ time, interval }) => ({ time, share: interval?.[0] ?? null }))),
  high: halfOf(steps.map(({ time, interval }) => ({ time, share: interval?.[1] ?? null }))),
});

/** 1 − erf(x) for x ≥ 0: a series of positive terms below 2, a continued fraction from there on. */
function erfc(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n += 1) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = x;
  for (let n = 120; n > 0; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/** Whether two groups end at other times than chance would have it (Mantel 1966; one degree of freedom). */
export function logRank(a: readonly Tally[], b: readonly Tally[]): LogRank {
  const groups = [inOrder(a), inOrder(b)] as const;
  const times = [...new Set(groups.flat().map(({ time }) => time))].sort((one, other) => one - other);
  const byTime = groups.map((tallies) => new Map(tallies.map((tally) => [tally.time, tally])));
  let [riskA = 0, riskB = 0] = groups.map((group) => group.reduce((sum, tally) => sum + sizeOf(tally), 0));
  let [observedA, observedB, expectedA, variance] = [0, 0, 0, 0];
  for (const time of times) {
    const [inA, inB] = byTime.map((tallies) => tallies.get(time));
    const [endedA, endedB] = [inA?.ended ?? 0, inB?.ended ?? 0];
    const ended = endedA + endedB;
    const risk = riskA + riskB;
    observedA += endedA;
    observedB += endedB;
    expectedA += (ended * riskA) / risk;
    if (risk > 1) variance += (riskA * riskB * ended * (risk - ended)) / (risk * risk * (risk - 1));
    riskA -= inA ? sizeOf(inA) : 0;
    riskB -= inB ? sizeOf(inB) : 0;
  }
  const chiSquare = variance > 0 ? (observedA - expectedA) ** 2 / variance : null;
  return {
    observed: [observedA, observedB],
    expected: [expectedA, observedA + observedB - expectedA],
    chiSquare,
    p: chiSquare === null ? null : erfc(Math.sqrt(chiSquare / 2)),
  };
}

/** Of fewer sensors, or fewer ends, a curve would show chance. */
export const leastForCurve = { sensors: 10, ended: 5 } as const;

export function isEnough(tallies: readonly Tally[]): boolean {
  const ended = tallies.reduce((sum, tally) => sum + tally.ended, 0);
  const all = tallies.reduce((sum, tally) => sum + sizeOf(tally), 0);
  return all >= leastForCurve.sensors && ended >= leastForCurve.ended;
}
