import type { Edges } from "./bands.ts";
import { episodesOf } from "./episodes.ts";
import {
  type Gap,
  type GapCause,
  gapsOf,
  type SensorLife,
  type UnreadableRecord,
  type UnreadSpan,
} from "./gaps.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import {
  createDistanceCounter,
  type Distances,
  noDistances,
  type Place,
  type Spacings,
  spacingOf,
  spacingsOf,
} from "./spacing.ts";
import { hourMs, type Span } from "./time.ts";
import { delaysIn } from "./upload-delays.ts";
import { isUsable } from "./usable.ts";
import { type Cut, cellOf, cutsFor } from "./value-cells.ts";
import { weightsOf } from "./weights.ts";

/** Sums over those usable readings of a sensor that stand for an equal time. */
export interface ValueSums {
  /** How many sensors measured at once: each reading stands for so much less time. */
  readonly measuring: number;
  /** Readings by cell; see `cutsFor`. */
  readonly cells: readonly number[];
  readonly sumMmolL: number;
  readonly sumOfSquares: number;
}

export interface SensorSummary {
  readonly sensor: string;
  /** The first and last reading, warm-up ones included. */
  readonly first: Place;
  readonly last: Place;
  readonly distances: Distances;
  readonly warmUp: number;
  readonly sums: readonly ValueSums[];
}

/** A low that begins within the span; see `episodesOf`. */
export interface Low extends Span {
  readonly lowestMmolL: number;
  /** Glucose was not seen to come back. */
  readonly isCutOff: boolean;
}

export interface Extreme {
  readonly valueMmolL: number;
  readonly timeMs: number;
}

/**
 * What the readings of a span come to, without any of them but the lowest and highest value: enough to
 * reckon the statistics of any spans that follow each other as from the readings themselves.
 */
export interface GlucoseSummary extends Span {
  /** In the order of their first readings. */
  readonly sensors: readonly SensorSummary[];
  /** The first and last usable reading, Unix ms. */
  readonly firstUsableMs: number | null;
  readonly lastUsableMs: number | null;
  readonly lowest: Extreme | null;
  readonly highest: Extreme | null;
  readonly lows: readonly Low[];
  /** Time without readings by its cause, ms. */
  readonly gapMs: Readonly<Partial<Record<GapCause, number>>>;
  /** Silences of an hour or more that begin within the span, though a sensor was worn. */
  readonly silences: number;
  /** Readings by how long they took to reach the platform: up to each of `delayStepsMin`, or longer. */
  readonly delays: readonly number[];
}

/** What is at hand beside the readings. */
export interface Evidence {
  readonly lives: ReadonlyMap<string, SensorLife>;
  readonly unread?: readonly UnreadSpan[];
  readonly unreadable?: readonly UnreadableRecord[];
}

/** How many sensors measured at each usable reading's time. */
function measuringOf(used: readonly Reading[], spacings: Spacings): number[] {
  const weights = weightsOf(used, spacings);
  return used.map(({ sensor }, index) =>
    Math.round(spacingOf(spacings, sensor) / (weights[index] as number)),
  );
}

interface OpenSums {
  measuring: number;
  cells: number[];
  sumMmolL: number;
  sumOfSquares: number;
}

interface OpenSensor {
  sensor: string;
  first: Place;
  last: Place;
  distances: Distances;
  counter: ReturnType<typeof createDistanceCounter>;
  warmUp: number;
  sums: OpenSums[];
}

const placeOf = ({ timeMs, packet }: Reading): Place => ({ timeMs, packet });

function addValue(sums: OpenSums[], measuring: number, valueMmolL: number, cuts: readonly Cut[]): void {
  let own = sums.find((one) => one.measuring === measuring);
  if (!own) {
    own = { measuring, cells: new Array(cuts.length + 1).fill(0), sumMmolL: 0, sumOfSquares: 0 };
    sums.push(own);
  }
  const cell = cellOf(valueMmolL, cuts);
  own.cells[cell] = (own.cells[cell] ?? 0) + 1;
  own.sumMmolL += valueMmolL;
  own.sumOfSquares += valueMmolL ** 2;
}

/**
 * The summaries of spans that follow each other, in order. `readings` are all at hand in time order, those
 * before and after the spans too: they tell which sensors measured at once, a sensor's spacing and how long
 * a low lasted. Source of every definition: clinical.md.
 */
export function summariesOf(
  readings: readonly Reading[],
  spans: readonly Span[],
  edges: Edges,
  { lives, unread, unreadable }: Evidence,
): GlucoseSummary[] {
  const cuts = cutsFor(edges);
  const used = readings.filter(isUsable);
  const measuring = measuringOf(used, spacingsOf(readings));
  const whole = { startMs: spans[0]?.startMs ?? 0, endMs: spans.at(-1)?.endMs ?? 0 };
  const gaps = gapsOf(readings, whole, lives, unread, unreadable);
  const always = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };
  const lows = episodesOf(readings, always, "low", edges);
  return spans.map((span) => {
    const { startMs, endMs } = span;
    const [from, to] = [firstAtOrAfter(used, startMs), firstAtOrAfter(used, endMs)];
    return {
      startMs,
      endMs,
      sensors: sensorsIn(readings, used, measuring, span, cuts),
      firstUsableMs: from < to ? (used[from]?.timeMs ?? null) : null,
      lastUsableMs: from < to ? (used[to - 1]?.timeMs ?? null) : null,
      lowest: extremeIn(used, from, to, (value, best) => value < best),
      highest: extremeIn(used, from, to, (value, best) => value > best),
      lows: lows
        .filter((low) => low.startMs >= startMs && low.startMs < endMs)
        .map((low) => ({
          startMs: low.startMs,
          endMs: low.endMs,
          lowestMmolL: low.extremeMmolL,
          isCutOff: low.isCutOff,
        })),
      gapMs: gapMsIn(gaps, span),
      silences: gaps.filter((gap) => isSilence(gap) && gap.fromMs >= startMs && gap.fromMs < endMs).length,
      delays: delaysIn(readings, span),
    };
  });
}

function sensorsIn(
  readings: readonly Reading[],
  used: readonly Reading[],
  measuring: readonly number[],
  { startMs, endMs }: Span,
  cuts: readonly Cut[],
): SensorSummary[] {
  const sensors = new Map<string, OpenSensor>();
  let next = firstAtOrAfter(used, startMs);
  const to = firstAtOrAfter(readings, endMs);
  for (let index = firstAtOrAfter(readings, startMs); index < to; index += 1) {
    const reading = readings[index] as Reading;
    const place = placeOf(reading);
    let own = sensors.get(reading.sensor);
    if (own) {
      own.counter.add(place);
      own.last = place;
    } else {
      const distances = noDistances();
      own = {
        sensor: reading.sensor,
        first: place,
        last: place,
        distances,
        counter: createDistanceCounter(distances, place),
        warmUp: 0,
        sums: [],
      };
      sensors.set(reading.sensor, own);
    }
    if (reading.warmUp) own.warmUp += 1;
    if (used[next] === reading) {
      addValue(own.sums, measuring[next] as number, reading.valueMmolL, cuts);
      next += 1;
    }
  }
  return [...sensors.values()].map(({ counter, ...sensor }) => {
    counter.settle();
    return sensor;
  });
}

function extremeIn(
  used: readonly Reading[],
  from: number,
  to: number,
  isMore: (value: number, best: number) => boolean,
): Extreme | null {
  let best: Reading | null = null;
  for (let index = from; index < to; index += 1) {
    const reading = used[index] as Reading;
    if (best === null || isMore(reading.valueMmolL, best.valueMmolL)) best = reading;
  }
  return best && { valueMmolL: best.valueMmolL, timeMs: best.timeMs };
}

function gapMsIn(
  gaps: readonly { fromMs: number; toMs: number; cause: GapCause }[],
  { startMs, endMs }: Span,
): Partial<Record<GapCause, number>> {
  const sums: Partial<Record<GapCause, number>> = {};
  for (const { fromMs, toMs, cause } of gaps) {
    const lengthMs = Math.min(toMs, endMs) - Math.max(fromMs, startMs);
    if (lengthMs > 0) sums[cause] = (sums[cause] ?? 0) + lengthMs;
  }
  return sums;
}

const isSilence = ({ fromMs, toMs, cause }: Gap) => toMs - fromMs >= hourMs && !notWorn.has(cause);
const notWorn: ReadonlySet<GapCause> = new Set([
  "no-sensor",
  "warm-up",
  "sensor-change",
  "unread",
  "not-asked",
]);
