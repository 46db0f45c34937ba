import type { Reading } from "#glucose/reading.ts";
import { noTrend, type ReadingSeries } from "#glucose/reading-series.ts";
import type { ReadingColumns } from "./readings.ts";

/** A series, or a part of one (`to` exclusive), as columns. */
export function columnsOf(series: ReadingSeries, from = 0, to = series.length): ReadingColumns {
  const length = to - from;
  // Of their whole length at once: growing them takes longer than filling them.
  const timeMs = new Array<number>(length);
  const valueMmolL = new Array<number>(length);
  const trend = new Array<number | null>(length);
  const packet = new Array<number | null>(length);
  const uploadDelayMin = new Array<number | null>(length);
  const sensors: ReadingColumns["sensors"] = [];
  const warmUp: ReadingColumns["warmUp"] = [];
  let sensor = -1;
  let ofSensor = { serial: "", count: 0 };
  let warm: ReadingColumns["warmUp"][number] | null = null;
  let lastMs = 0;
  let lastPacket = 0;
  for (let index = 0; index < length; index += 1) {
    const row = from + index;
    const atMs = series.timeMs[row] as number;
    timeMs[index] = atMs - lastMs;
    lastMs = atMs;
    const code = series.trend[row] as number;
    trend[index] = code === noTrend ? null : code;
    const number = series.packet[row] as number;
    packet[index] = number < 0 ? null : number - lastPacket;
    if (number >= 0) lastPacket = number;
    const delayMin = series.uploadDelayMin[row] as number;
    uploadDelayMin[index] = delayMin < 0 ? null : delayMin;
    if (series.sensor[row] !== sensor) {
      sensor = series.sensor[row] as number;
      ofSensor = { serial: series.serials[sensor] as string, count: 0 };
      sensors.push(ofSensor);
    }
    ofSensor.count += 1;
    valueMmolL[index] = series.valueMmolL[row] as number;
    if (series.warmUp[row] !== 1) warm = null;
    else if (warm) warm.count += 1;
    else {
      warm = { from: index, count: 1 };
      warmUp.push(warm);
    }
  }
  return { timeMs, valueMmolL, trend, packet, uploadDelayMin, sensors, warmUp };
}

/** Columns back to readings. Throws when the columns are not of one length. */
export function toReadings(columns: ReadingColumns): Reading[] {
  const { timeMs, valueMmolL, trend, packet, uploadDelayMin, sensors, warmUp } = columns;
  const { length } = timeMs;
  const told = sensors.reduce((sum, { count }) => sum + count, 0);
  for (const other of [valueMmolL.length, trend.length, packet.length, uploadDelayMin.length, told])
    if (other !== length) throw new Error("reading columns differ in length");
  const warm = new Uint8Array(length);
  for (const { from, count } of warmUp) warm.fill(1, from, from + count);
  const readings: Reading[] = [];
  let [atMs, lastPacket] = [0, 0];
  for (const { serial, count } of sensors)
    for (let left = count; left > 0; left -= 1) {
      const index = readings.length;
      atMs += timeMs[index] as number;
      const step = packet[index] ?? null;
      if (step !== null) lastPacket += step;
      readings.push({
        timeMs: atMs,
        valueMmolL: valueMmolL[index] as number,
        trend: trend[index] ?? null,
        warmUp: warm[index] === 1,
        sensor: serial,
        packet: step === null ? null : lastPacket,
        uploadDelayMin: uploadDelayMin[index] ?? null,
      });
    }
  return readings;
}
