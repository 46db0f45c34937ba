import { isPlausible } from "./bands.ts";
import type { Reading } from "./reading.ts";
import { gapThresholdMs, spacingOf, spacingsOf } from "./spacing.ts";
import { minuteMs } from "./time.ts";

/** A packet number that comes again later than this is another measurement: the numbers began again. */
export const samePacketMs = 15 * minuteMs;

export interface Settled {
  /** In time order, each measurement once. */
  readonly readings: Reading[];
  /** Records that said again, or less recently, what is among the readings. */
  readonly duplicates: number;
  /** Records left out because they contradict each other and none came later than the others. */
  readonly contradicting: number;
}

const receivedMs = ({ timeMs, uploadDelayMin }: Reading): number =>
  uploadDelayMin === null ? Number.NEGATIVE_INFINITY : Math.round(timeMs + uploadDelayMin * minuteMs);

/**
 * The record that counts: the first to arrive of equal ones, else the last, a correction; null when they
 * contradict each other. One with a value that no sensor can mean has no say beside one that has none such.
 */
function settleOne(records: readonly Reading[]): Reading | null {
  const plausible = records.filter(({ valueMmolL }) => isPlausible(valueMmolL));
  const heard = (plausible.length > 0 ? plausible : records).toSorted(
    (a, b) => receivedMs(a) - receivedMs(b),
  );
  const [first, last] = [heard[0], heard.at(-1)];
  if (!first || !last) return null;
  const isLikeLast = ({ valueMmolL }: Reading) => valueMmolL === last.valueMmolL;
  const latest = heard.filter((record) => receivedMs(record) === receivedMs(last));
  if (!latest.every(isLikeLast)) return null;
  return heard.every(isLikeLast) ? first : last;
}

/**
 * Measurements in the order of their first records: that one, and where there
 * are several, all of them by its index.
 */
interface Measurements {
  readonly firsts: Reading[];
  readonly repeated: ReadonlyMap<number, Reading[]>;
}

function measurementsOf(ordered: readonly Reading[]): Measurements {
  const firsts: Reading[] = [];
  const repeated = new Map<number, Reading[]>();
  /** Indices among the firsts. */
  const sensors = new Map<string, { last: number; byPacket: Map<number, number> }>();
  let serial: string | undefined;
  let sensor: { last: number; byPacket: Map<number, number> } | undefined;
  for (const record of ordered) {
    const { packet, timeMs } = record;
    if (record.sensor !== serial) sensor = sensors.get(record.sensor);
    serial = record.sensor;
    if (!sensor) {
      sensor = { last: -1, byPacket: new Map() };
      sensors.set(serial, sensor);
    }
    const numbered = packet === null ? undefined : sensor.byPacket.get(packet);
    const last = firsts[sensor.last];
    const isSameTime =
      last !== undefined &&
      (packet !== null && last.packet !== null
        ? last.timeMs === timeMs
        : Math.floor(last.timeMs / minuteMs) === Math.floor(timeMs / minuteMs));
    const isSamePacket =
      numbered !== undefined && timeMs - (firsts[numbered] as Reading).timeMs <= samePacketMs;
    if (isSamePacket || isSameTime) {
      const index = isSamePacket ? numbered : sensor.last;
      const records = repeated.get(index);
      if (records) records.push(record);
      else repeated.set(index, [firsts[index] as Reading, record]);
      continue;
    }
    sensor.last = firsts.push(record) - 1;
    if (packet !== null) sensor.byPacket.set(packet, sensor.last);
  }
  return { firsts, repeated };
}

/**
 * Records of all lists as readings, one per sensor and packet (or minute, where packets are not
 * numbered), whatever order they came in. Sent again with another value, the one received later
 * is a correction and wins; received at the same time they contradict each other, and neither
 * counts. Source: clinical.md, Statistics.
 */
export function settleReadings(...lists: readonly (readonly Reading[])[]): Settled {
  const ordered = lists.flat().sort((a, b) => a.timeMs - b.timeMs);
  const { firsts, repeated } = measurementsOf(ordered);
  if (repeated.size === 0) return { readings: firsts, duplicates: 0, contradicting: 0 };
  let contradicting = 0;
  const readings: Reading[] = [];
  for (const [index, first] of firsts.entries()) {
    const records = repeated.get(index);
    const reading = records ? settleOne(records) : first;
    if (reading) readings.push(reading);
    else contradicting += records?.length ?? 0;
  }
  // A correction may be of a time a little later.
  readings.sort((a, b) => a.timeMs - b.timeMs);
  return { readings, duplicates: ordered.length - contradicting - readings.length, contradicting };
}

/** The readings of `settleReadings`. */
export const mergeReadings = (...lists: readonly (readonly Reading[])[]): Reading[] =>
  settleReadings(...lists).readings;

/** The last index below `from` of a reading of this sensor, or −1. */
export function indexBefore(readings: readonly Reading[], from: number, sensor: string): number {
  let index = from - 1;
  while (index >= 0 && readings[index]?.sensor !== sensor) index -= 1;
  return index;
}

/**
 * Whether a reading comes after a gap of its own sensor, or first: then the platform's trend is not about
 * what was measured, and no arrow is shown (clinical.md, Trend). `index` is the reading's among
 * `readings`, which are in time order.
 */
export function followsGap(readings: readonly Reading[], index = readings.length - 1): boolean {
  const reading = readings[index];
  if (!reading) return true;
  const before = readings[indexBefore(readings, index, reading.sensor)];
  if (!before) return true;
  return reading.timeMs - before.timeMs > gapThresholdMs(spacingOf(spacingsOf(readings), reading.sensor));
}

/** The first of `length` ascending numbers that is not below `limit`; `length` when there is none. */
export function lowerBound(length: number, at: (index: number) => number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first reading at or after `timeMs`; the length when there is none. Readings in time order. */
export const firstAtOrAfter = (readings: readonly { readonly timeMs: number }[], timeMs: number): number =>
  lowerBound(readings.length, (index) => readings[index]?.timeMs ?? Number.POSITIVE_INFINITY, timeMs);

/** The readings from `startMs` (inclusive) to `endMs` (exclusive). Readings in time order. */
export const inWindow = <T extends { readonly timeMs: number }>(
  readings: readonly T[],
  startMs: number,
  endMs: number,
): T[] => readings.slice(firstAtOrAfter(readings, startMs), firstAtOrAfter(readings, endMs));
