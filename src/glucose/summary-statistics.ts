import { type Band, bands, type Edges, edgesMmolL, tightRangeMaxMmolL } from "./bands.ts";
import { expectedFrom } from "./expected.ts";
import type { GapCause, SensorLife } from "./gaps.ts";
import { createDistanceCounter, type Distances, type Spacings, spacingFrom, spacingOf } from "./spacing.ts";
import { gmiPercent, noStatistics, type Statistics } from "./statistics.ts";
import type { Extreme, GlucoseSummary, SensorSummary, ValueSums } from "./summary.ts";
import { cutsFor } from "./value-cells.ts";

type Counts = Distances["apart"];

function addCounts(a: Counts, b: Counts): Counts {
  const sum = new Map(a);
  for (const [minutes, count] of b) sum.set(minutes, (sum.get(minutes) ?? 0) + count);
  return sum;
}

function addSums(a: readonly ValueSums[], b: readonly ValueSums[]): ValueSums[] {
  const merged = [...a];
  for (const sums of b) {
    const index = merged.findIndex(({ measuring }) => measuring === sums.measuring);
    const own = merged[index];
    if (own)
      merged[index] = {
        measuring: own.measuring,
        cells: own.cells.map((count, cell) => count + (sums.cells[cell] ?? 0)),
        sumMmolL: own.sumMmolL + sums.sumMmolL,
        sumOfSquares: own.sumOfSquares + sums.sumOfSquares,
      };
    else merged.push(sums);
  }
  return merged;
}

/** What one sensor gave, first in `a` and then in `b`. */
function joinSensor(a: SensorSummary, b: SensorSummary): SensorSummary {
  const distances = {
    perPacket: addCounts(a.distances.perPacket, b.distances.perPacket),
    apart: addCounts(a.distances.apart, b.distances.apart),
  };
  const counter = createDistanceCounter(distances, a.last);
  counter.add(b.first);
  counter.settle();
  return {
    sensor: a.sensor,
    first: a.first,
    last: b.last,
    distances,
    warmUp: a.warmUp + b.warmUp,
    sums: addSums(a.sums, b.sums),
  };
}

function joinSensors(a: readonly SensorSummary[], b: readonly SensorSummary[]): SensorSummary[] {
  const joined = new Map(a.map((one) => [one.sensor, one]));
  for (const one of b) {
    const before = joined.get(one.sensor);
    joined.set(one.sensor, before ? joinSensor(before, one) : one);
  }
  return [...joined.values()];
}

function addGaps(a: GlucoseSummary["gapMs"], b: GlucoseSummary["gapMs"]): GlucoseSummary["gapMs"] {
  const sum = { ...a };
  for (const cause of Object.keys(b) as GapCause[]) sum[cause] = (sum[cause] ?? 0) + (b[cause] ?? 0);
  return sum;
}

/** The first of the two, unless the second is further out. */
const further = (a: Extreme | null, b: Extreme | null, sign: 1 | -1): Extreme | null =>
  a && b ? (sign * b.valueMmolL > sign * a.valueMmolL ? b : a) : (a ?? b);

/** The summary of two spans of which the second begins where the first ends. */
export function joinSummaries(a: GlucoseSummary, b: GlucoseSummary): GlucoseSummary {
  if (a.endMs !== b.startMs) throw new RangeError("these spans do not follow each other");
  return {
    startMs: a.startMs,
    endMs: b.endMs,
    sensors: joinSensors(a.sensors, b.sensors),
    firstUsableMs: a.firstUsableMs ?? b.firstUsableMs,
    lastUsableMs: b.lastUsableMs ?? a.lastUsableMs,
    lowest: further(a.lowest, b.lowest, -1),
    highest: further(a.highest, b.highest, 1),
    lows: [...a.lows, ...b.lows],
    gapMs: addGaps(a.gapMs, b.gapMs),
    silences: a.silences + b.silences,
    delays: a.delays.map((count, step) => count + (b.delays[step] ?? 0)),
  };
}

const spacingsIn = ({ sensors }: GlucoseSummary): Spacings =>
  new Map(sensors.map(({ sensor, distances }) => [sensor, spacingFrom(distances)]));

/** The band of each cell that `cutsFor(of)` makes. */
function bandsOfCells(of: Edges, { veryLow, low, high, veryHigh }: Edges): Band[] {
  const cuts = cutsFor(of);
  const place = (edge: number, closes: boolean) => {
    const index = cuts.findIndex((cut) => cut.atMmolL === edge && cut.closes === closes);
    if (index < 0) throw new RangeError(`the summary does not tell what lies beyond ${edge} mmol/L`);
    return index;
  };
  const ends = [place(veryLow, false), place(low, false), place(high, true), place(veryHigh, true)];
  return Array.from({ length: cuts.length + 1 }, (_, cell) => {
    const band = ends.findIndex((end) => cell <= end);
    return bands[band < 0 ? bands.length - 1 : band] as Band;
  });
}

const tight: Edges = { ...edgesMmolL, high: tightRangeMaxMmolL };

/** Of a square, relative. */
const rounding = 1e-10;

/**
 * The statistics of a summary's span, as `statisticsOf` says them of its readings: the same numbers, but for
 * the order of floating-point sums. `summedFor` are the edges it was made for, `edges` those or everybody's;
 * throws a RangeError for others, which a summary cannot tell.
 */
export function statisticsOfSummary(
  summary: GlucoseSummary,
  summedFor: Edges,
  edges: Edges,
  lives: ReadonlyMap<string, SensorLife> = new Map(),
): Statistics {
  const spacings = spacingsIn(summary);
  const bandOfCell = bandsOfCells(summedFor, edges);
  const tightOfCell = bandsOfCells(summedFor, tight);
  const timeIn: Record<Band, number> = { "very-low": 0, low: 0, "in-range": 0, high: 0, "very-high": 0 };
  let [n, total, sum, squares, inTight] = [0, 0, 0, 0, 0];
  const measured = new Set<number>();
  const tallies = summary.sensors.map(({ sensor, first, last, warmUp, sums }) => {
    const ownMs = spacingOf(spacings, sensor);
    let usable = 0;
    for (const { measuring, cells, sumMmolL, sumOfSquares } of sums) {
      const weight = ownMs / measuring;
      for (const [cell, count] of cells.entries()) {
        usable += count;
        total += weight * count;
        timeIn[bandOfCell[cell] as Band] += weight * count;
        if (tightOfCell[cell] === "in-range") inTight += weight * count;
      }
      sum += weight * sumMmolL;
      squares += weight * sumOfSquares;
    }
    n += usable;
    if (usable > 0) measured.add(ownMs);
    return { sensor, firstMs: first.timeMs, lastMs: last.timeMs, usable, warmUp };
  });
  const base = {
    n,
    expected: expectedFrom(tallies, spacings, summary, lives),
    spacingsMs: [...measured].sort((a, b) => a - b),
  };
  if (n === 0) return { ...base, ...noStatistics };
  for (const band of bands) timeIn[band] /= total;
  const meanMmolL = sum / total;
  const difference = squares / total - meanMmolL ** 2;
  // What is left of two equal numbers is no spread: one value in 43,200 a tenth off leaves more.
  const variance = difference < meanMmolL ** 2 * rounding ? 0 : difference;
  const sdMmolL = n < 2 ? null : Math.sqrt((variance * n) / (n - 1));
  return {
    ...base,
    activeShare: n / base.expected,
    coveredShare: Math.min(1, total / (summary.endMs - summary.startMs)),
    meanMmolL,
    sdMmolL,
    cvPercent: sdMmolL === null ? null : (sdMmolL / meanMmolL) * 100,
    gmiPercent: gmiPercent(meanMmolL),
    timeIn,
    timeInTightRange: inTight / total,
    firstMs: summary.firstUsableMs,
    lastMs: summary.lastUsableMs,
  };
}
