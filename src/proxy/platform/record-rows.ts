import type { Reading } from "#glucose/reading.ts";
import { isSettled, newSeries, noTrend, type ReadingSeries } from "#glucose/reading-series.ts";
import { lowerBound } from "#glucose/series.ts";
import type { Range } from "./types.ts";

const minuteMs = 60_000;

/** Records that are what was asked for, by column and as they came; the columns have room for more than `count`. */
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

/** A record as a reading; how late it came in minutes and their parts, since which of two came later is told by milliseconds. */
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

/** More stretches than this are put in order one record after the other. */
const mostStretches = 1000;

/**
 * The records of the range as stretches of ascending times, in time order: one sensor after the other, as they may come. Null where two overlap.
 */
function stretchesOf({ count, timeMs }: RecordRows, range?: Range): { from: number; to: number }[] | null {
  const stretches: { from: number; to: number }[] = [];
  for (let from = 0, to = 1; from < count; from = to, to += 1) {
    while (to < count && (timeMs[to] as number) >= (timeMs[to - 1] as number)) to += 1;
    const firstAtOrAfter = (limitMs: number) =>
      from + lowerBound(to - from, (index) => timeMs[from + index] as number, limitMs);
    const cut = range
      ? { from: firstAtOrAfter(range.startMs), to: firstAtOrAfter(range.endMs) }
      : { from, to };
    if (cut.from < cut.to && stretches.push(cut) > mostStretches) return null;
  }
  const timeOf = (index: number) => timeMs[index] as number;
  stretches.sort((a, b) => timeOf(a.from) - timeOf(b.from));
  const overlaps = stretches.some(({ from }, index) => {
    const before = stretches[index - 1];
    return before !== undefined && timeOf(before.to - 1) >= timeOf(from);
  });
  return overlaps ? null : stretches;
}

/** The records of the range as a series where they need no settling, else null. */
export function settledSeries(rows: RecordRows, range?: Range): ReadingSeries | null {
  const stretches = stretchesOf(rows, range);
  if (!stretches) return null;
  const series = newSeries(
    stretches.reduce((sum, { from, to }) => sum + to - from, 0),
    rows.serials,
  );
  let at = 0;
  for (const { from, to } of stretches) {
    for (const column of ["timeMs", "valueMmolL", "trend", "packet", "sensor", "warmUp"] as const)
      series[column].set(rows[column].subarray(from, to), at);
    for (let row = from; row < to; row += 1, at += 1)
      series.uploadDelayMin[at] = toDelayMin(rows.timeMs[row] as number, rows.receivedMs[row] as number);
  }
  return isSettled(series) ? series : null;
}
