import type { Reading } from "./reading.ts";
import { lowerBound, samePacketMs, settleReadings } from "./series.ts";
import { minuteMs } from "./time.ts";

/**
 * Readings by column, as `Reading` says what each is: in time order, each measurement once.
 * Of 43,200 readings it takes 1.2 MB, in one memory that no garbage collector looks into.
 * Never changed once it is handed out.
 */
export interface ReadingSeries {
  readonly length: number;
  readonly timeMs: Float64Array;
  readonly valueMmolL: Float64Array;
  /** `noTrend` where none was sent. */
  readonly trend: Int16Array;
  /** −1 where the platform did not send one. */
  readonly packet: Int32Array;
  /** −1 where it is unknown. */
  readonly uploadDelayMin: Int32Array;
  /** Index among `serials`. */
  readonly sensor: Uint16Array;
  /** 1 while the sensor warms up. */
  readonly warmUp: Uint8Array;
  readonly serials: readonly string[];
}

export const noTrend = -32_768;

/** A part of a series; `to` is exclusive. */
export interface SeriesPart {
  readonly series: ReadingSeries;
  readonly from: number;
  readonly to: number;
}

/** Columns of zeros, the widest first so that each begins where its numbers may. */
export function newSeries(length: number, serials: readonly string[]): ReadingSeries {
  const bytes = new ArrayBuffer(length * 29);
  return {
    length,
    timeMs: new Float64Array(bytes, 0, length),
    valueMmolL: new Float64Array(bytes, length * 8, length),
    packet: new Int32Array(bytes, length * 16, length),
    uploadDelayMin: new Int32Array(bytes, length * 20, length),
    trend: new Int16Array(bytes, length * 24, length),
    sensor: new Uint16Array(bytes, length * 26, length),
    warmUp: new Uint8Array(bytes, length * 28, length),
    serials,
  };
}

/** Numbers serials in the order in which they come first. */
function createSerials() {
  const serials: string[] = [];
  const indices = new Map<string, number>();
  const indexOf = (serial: string): number => {
    const known = indices.get(serial);
    if (known !== undefined) return known;
    const index = serials.push(serial) - 1;
    if (index > 65_535) throw new RangeError("more sensors than a series can name");
    indices.set(serial, index);
    return index;
  };
  return { serials, indexOf };
}

/** Readings in time order, as `settleReadings` leaves them, by column. */
export function seriesOf(readings: readonly Reading[]): ReadingSeries {
  const { serials, indexOf } = createSerials();
  const series = newSeries(readings.length, serials);
  for (const [index, reading] of readings.entries()) {
    series.timeMs[index] = reading.timeMs;
    series.valueMmolL[index] = reading.valueMmolL;
    series.trend[index] = reading.trend ?? noTrend;
    series.packet[index] = reading.packet ?? -1;
    series.uploadDelayMin[index] = reading.uploadDelayMin ?? -1;
    series.sensor[index] = indexOf(reading.sensor);
    series.warmUp[index] = reading.warmUp ? 1 : 0;
  }
  return series;
}

const orNull = (number: number, none: number): number | null => (number === none ? null : number);

/** The readings of a series one by one. */
export function readingsOf(series: ReadingSeries, from = 0, to = series.length): Reading[] {
  const readings = new Array<Reading>(to - from);
  for (let index = from; index < to; index += 1)
    readings[index - from] = {
      timeMs: series.timeMs[index] as number,
      valueMmolL: series.valueMmolL[index] as number,
      trend: orNull(series.trend[index] as number, noTrend),
      warmUp: series.warmUp[index] === 1,
      sensor: series.serials[series.sensor[index] as number] as string,
      packet: orNull(series.packet[index] as number, -1),
      uploadDelayMin: orNull(series.uploadDelayMin[index] as number, -1),
    };
  return readings;
}

/** The part from `startMs` (inclusive) to `endMs` (exclusive). */
export function partOf({ series, from, to }: SeriesPart, startMs: number, endMs: number): SeriesPart {
  const firstAtOrAfter = (timeMs: number) =>
    from + lowerBound(to - from, (index) => series.timeMs[from + index] as number, timeMs);
  const first = firstAtOrAfter(startMs);
  return { series, from: first, to: Math.max(first, firstAtOrAfter(endMs)) };
}

export const wholeOf = (series: ReadingSeries): SeriesPart => ({ series, from: 0, to: series.length });

/** More readings than sensors measure while a packet number counts as the same. */
const mostLookedBack = 100;

/**
 * Whether none of the readings just before one has its sensor and packet number; false as
 * well where they are too many to look at.
 */
function isNewPacket({ timeMs, packet, sensor }: ReadingSeries, index: number): boolean {
  const sinceMs = (timeMs[index] as number) - samePacketMs;
  for (let before = index - 1; before >= 0; before -= 1) {
    if ((timeMs[before] as number) < sinceMs) return true;
    if (index - before > mostLookedBack) return false;
    if (packet[before] === packet[index] && sensor[before] === sensor[index]) return false;
  }
  return true;
}

/**
 * Whether `settleReadings` would leave them as they are: in time order, and of each sensor later than the
 * one before with a packet number that is new (or in a later minute, where one of them has none). False as
 * well where it only might change them.
 */
export function isSettled(series: ReadingSeries): boolean {
  const { length, timeMs, packet, sensor, serials } = series;
  const last = new Int32Array(serials.length).fill(-1);
  const highest = new Int32Array(serials.length).fill(-1);
  for (let index = 0; index < length; index += 1) {
    const atMs = timeMs[index] as number;
    if (index > 0 && atMs < (timeMs[index - 1] as number)) return false;
    const own = sensor[index] as number;
    const number = packet[index] as number;
    if (number > (highest[own] as number)) highest[own] = number;
    else if (number >= 0 && !isNewPacket(series, index)) return false;
    const before = last[own] as number;
    last[own] = index;
    if (before < 0) continue;
    const beforeMs = timeMs[before] as number;
    if (atMs === beforeMs) return false;
    const areNumbered = number >= 0 && (packet[before] as number) >= 0;
    if (!areNumbered && Math.floor(atMs / minuteMs) === Math.floor(beforeMs / minuteMs)) return false;
  }
  return true;
}

/** Parts one after the other. */
function appended(parts: readonly SeriesPart[]): ReadingSeries {
  const { serials, indexOf } = createSerials();
  const series = newSeries(
    parts.reduce((sum, { from, to }) => sum + to - from, 0),
    serials,
  );
  let at = 0;
  for (const { series: own, from, to } of parts) {
    for (const column of ["timeMs", "valueMmolL", "trend", "packet", "uploadDelayMin", "warmUp"] as const)
      series[column].set(own[column].subarray(from, to), at);
    const indices = own.serials.map(indexOf);
    for (let index = from; index < to; index += 1)
      series.sensor[at + index - from] = indices[own.sensor[index] as number] as number;
    at += to - from;
  }
  return series;
}

/** A part with columns of its own. */
export const copyOfPart = (part: SeriesPart): ReadingSeries => appended([part]);

/**
 * Parts of which each is earlier than the next, one after the other; a single whole one is
 * itself. Null where they are not apart.
 */
function lineUp(parts: readonly SeriesPart[]): ReadingSeries | null {
  const timeAt = ({ series }: SeriesPart, index: number) => series.timeMs[index] as number;
  const filled = parts.filter(({ from, to }) => from < to);
  filled.sort((a, b) => timeAt(a, a.from) - timeAt(b, b.from));
  const areApart = filled.every((part, index) => {
    const before = filled[index - 1];
    return !before || timeAt(before, before.to - 1) < timeAt(part, part.from);
  });
  if (!areApart) return null;
  const [only] = filled;
  const isWhole = filled.length === 1 && only && only.to - only.from === only.series.length;
  return isWhole ? only.series : appended(filled);
}

/**
 * What `settleReadings` makes of several series; the same one where there is only one and nothing to settle.
 */
export function joinSeries(parts: readonly SeriesPart[]): { series: ReadingSeries; contradicting: number } {
  const series = lineUp(parts);
  if (series && isSettled(series)) return { series, contradicting: 0 };
  const settled = settleReadings(...parts.map((part) => readingsOf(part.series, part.from, part.to)));
  return { series: seriesOf(settled.readings), contradicting: settled.contradicting };
}
