import type { Reading } from "#glucose/reading.ts";
import { isSettled, newSeries, noTrend, type ReadingSeries } from "#glucose/reading-series.ts";
import { lowerBound } from "#glucose/series.ts";
import { minuteMs } from "#glucose/time.ts";
import type { Range } from "./types.ts";

/**
 * Records that are what was asked for, by column and as they came; the
 * columns have room for more than `count`.
 */
export interface RecordRows {
  count: number;
  timeMs: Float64Array;
  valueMmolL: Float64Array;
  /** −1 where it is unknown. */
  receivedMs: Float64Array;
  /** `noTrend` where none was sent. */
  trend: Int16Array;
  /** −1 where none was sent. */
  packet: Int32Array;
  /** Index among `serials`. */
  sensor: Uint16Array;
  warmUp: Uint8Array;
  serials: string[];
}

export const newRows = (room: number): RecordRows => ({
  count: 0,
  timeMs: new Float64Array(room),
  valueMmolL: new Float64Array(room),
  receivedMs: new Float64Array(room),
  trend: new Int16Array(room),
  packet: new Int32Array(room),
  sensor: new Uint16Array(room),
  warmUp: new Uint8Array(room),
  serials: [],
});

/** Doubles the room. */
export function growRows(rows: RecordRows): void {
  const larger = newRows(rows.timeMs.length * 2);
  larger.timeMs.set(rows.timeMs);
  larger.valueMmolL.set(rows.valueMmolL);
  larger.receivedMs.set(rows.receivedMs);
  larger.trend.set(rows.trend);
  larger.packet.set(rows.packet);
  larger.sensor.set(rows.sensor);
  larger.warmUp.set(rows.warmUp);
  Object.assign(rows, larger, { count: rows.count, serials: rows.serials });
}

/**
 * A record as a reading; how late it came in minutes and their parts, since which of
 * two came later is told by milliseconds.
 */
export function readingAt(rows: RecordRows, index: number): Reading {
  const timeMs = rows.timeMs[index] as number;
  const receivedMs = rows.receivedMs[index] as number;
  const trend = rows.trend[index] as number;
  const packet = rows.packet[index] as number;
  return {
    timeMs,
    valueMmolL: rows.valueMmolL[index] as number,
    trend: trend === noTrend ? null : trend,
    warmUp: rows.warmUp[index] === 1,
    sensor: rows.serials[rows.sensor[index] as number] as string,
    packet: packet < 0 ? null : packet,
    uploadDelayMin: receivedMs < 0 ? null : (receivedMs - timeMs) / minuteMs,
  };
}

const toDelayMin = (timeMs: number, receivedMs: number): number =>
  receivedMs < 0 ? -1 : Math.max(0, Math.floor((receivedMs - timeMs) / minuteMs));

/**
 * The rows in time order, those of one time as they came. Time and row are sorted as one number where that is exact:
 * 401 days of milliseconds times 150,000 rows are.
 */
function timeOrder({ count, timeMs }: RecordRows): Float64Array {
  const order = new Float64Array(count);
  let isInOrder = true;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row += 1) {
    const atMs = timeMs[row] as number;
    order[row] = row;
    isInOrder &&= row === 0 || atMs >= (timeMs[row - 1] as number);
    if (atMs < firstMs) firstMs = atMs;
    if (atMs > lastMs) lastMs = atMs;
  }
  if (isInOrder) return order;
  if (!Number.isSafeInteger((lastMs - firstMs + 1) * count))
    return order.sort((a, b) => (timeMs[a] as number) - (timeMs[b] as number) || a - b);
  for (let row = 0; row < count; row += 1) order[row] = ((timeMs[row] as number) - firstMs) * count + row;
  order.sort();
  for (let place = 0; place < count; place += 1) order[place] = (order[place] as number) % count;
  return order;
}

/** The records of the range as a series where they need no settling, else null. */
export function settledSeries(rows: RecordRows, range?: Range): ReadingSeries | null {
  const order = timeOrder(rows);
  const firstAtOrAfter = (limitMs: number) =>
    lowerBound(rows.count, (place) => rows.timeMs[order[place] as number] as number, limitMs);
  const from = range ? firstAtOrAfter(range.startMs) : 0;
  const to = range ? Math.max(from, firstAtOrAfter(range.endMs)) : rows.count;
  const series = newSeries(to - from, rows.serials);
  for (let place = from; place < to; place += 1) {
    const row = order[place] as number;
    const index = place - from;
    const timeMs = rows.timeMs[row] as number;
    series.timeMs[index] = timeMs;
    series.valueMmolL[index] = rows.valueMmolL[row] as number;
    series.trend[index] = rows.trend[row] as number;
    series.packet[index] = rows.packet[row] as number;
    series.sensor[index] = rows.sensor[row] as number;
    series.warmUp[index] = rows.warmUp[row] as number;
    series.uploadDelayMin[index] = toDelayMin(timeMs, rows.receivedMs[row] as number);
  }
  return isSettled(series) ? series : null;
}
