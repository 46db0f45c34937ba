import * as z from "zod/mini";
import type { Reading } from "#glucose/reading.ts";
import { staleOrNull } from "./problem.ts";

/**
 * Readings by column, in time order, without duplicates. `timeMs` and `packet` hold the first value and then the
 * difference from the one before, so that 90 days compress to a couple of bytes a reading. `sensors` and `warmUp` are
 * runs over the same indices.
 */
const readingColumns = z.object({
  timeMs: z.array(z.number()),
  valueMmolL: z.array(z.number()),
  /** Null where the platform sent none. */
  trend: z.array(z.nullable(z.number())),
  /** Differences count from the last known number of the same list; null where the platform sent none. */
  packet: z.array(z.nullable(z.number())),
  uploadDelayMin: z.array(z.nullable(z.number())),
  sensors: z.array(z.object({ serial: z.string(), count: z.number() })),
  warmUp: z.array(z.object({ from: z.number(), count: z.number() })),
});
export type ReadingColumns = z.infer<typeof readingColumns>;

/** Platform records that are not among the readings, counted so that the screen can say so. */
export const leftOut = z.object({
  /** They could not be read, or are of a time that cannot be. */
  malformed: z.number(),
  /** Sent again, with the same value or an older one. */
  duplicates: z.number(),
  /** Of one measurement and of one arrival, with different values: none of them counts. */
  contradicting: z.number(),
});
export type LeftOut = z.infer<typeof leftOut>;

/** `GET /api/patients/{id}/readings?start=&end=` and `GET /api/devices/{serial}/readings?start=&end=`, Unix ms. */
export const readingsResponse = z.object({
  startMs: z.number(),
  endMs: z.number(),
  /** When the platform was read. */
  asOfMs: z.number(),
  stale: staleOrNull,
  leftOut,
  /** What the unreadable records say they are about: no gap of theirs is a loss. In time order, the first 2,000. */
  unreadable: z.array(z.object({ timeMs: z.number(), sensor: z.string(), packet: z.nullable(z.number()) })),
  /** Parts of the range that the platform could not be asked about this time; nothing is known of them. */
  unread: z.array(z.object({ startMs: z.number(), endMs: z.number() })),
  readings: readingColumns,
});
export type ReadingsResponse = z.infer<typeof readingsResponse>;

const differences = <T extends number | null>(values: readonly T[]): T[] => {
  let previous = 0;
  return values.map((value) => {
    if (value === null) return value;
    const difference = (value as number) - previous;
    previous = value as number;
    return difference as T;
  });
};

const sums = <T extends number | null>(values: readonly T[]): T[] => {
  let sum = 0;
  return values.map((value) => {
    if (value === null) return value;
    sum += value as number;
    return sum as T;
  });
};

/** Readings in time order to columns. */
export function toColumns(readings: readonly Reading[]): ReadingColumns {
  const sensors: ReadingColumns["sensors"] = [];
  const warmUp: ReadingColumns["warmUp"] = [];
  for (const [index, reading] of readings.entries()) {
    const sensor = sensors.at(-1);
    if (sensor?.serial === reading.sensor) sensor.count += 1;
    else sensors.push({ serial: reading.sensor, count: 1 });
    if (!reading.warmUp) continue;
    const run = warmUp.at(-1);
    if (run && run.from + run.count === index) run.count += 1;
    else warmUp.push({ from: index, count: 1 });
  }
  return {
    timeMs: differences(readings.map((r) => r.timeMs)),
    valueMmolL: readings.map((r) => r.valueMmolL),
    trend: readings.map((r) => r.trend),
    packet: differences(readings.map((r) => r.packet)),
    uploadDelayMin: readings.map((r) => r.uploadDelayMin),
    sensors,
    warmUp,
  };
}

/** Columns back to readings. Throws when the columns are not of one length. */
export function toReadings(columns: ReadingColumns): Reading[] {
  const { length } = columns.timeMs;
  const serials = columns.sensors.flatMap(({ serial, count }) => Array<string>(count).fill(serial));
  for (const column of [columns.valueMmolL, columns.trend, columns.packet, columns.uploadDelayMin, serials])
    if (column.length !== length) throw new Error("reading columns differ in length");
  const warm = new Set(
    columns.warmUp.flatMap((run) => Array.from({ length: run.count }, (_, i) => run.from + i)),
  );
  const timesMs = sums(columns.timeMs);
  const packets = sums(columns.packet);
  return timesMs.map((timeMs, i) => ({
    timeMs,
    valueMmolL: columns.valueMmolL[i] as number,
    trend: columns.trend[i] ?? null,
    warmUp: warm.has(i),
    sensor: serials[i] as string,
    packet: packets[i] ?? null,
    uploadDelayMin: columns.uploadDelayMin[i] ?? null,
  }));
}

/** The year 2100: beyond it there is nothing to ask for, and not far beyond it there are no dates. */
const lastMs = 4_102_444_800_000;
const time = z.coerce.number("number").check(z.int("number"), z.gte(0, "number"), z.lte(lastMs, "number"));
export const longestRangeMs = 400 * 24 * 3_600_000;

/** The query of a readings call: start inclusive, end exclusive, at most 400 days. */
export const readingsRange = z.object({ start: time, end: time }).check(
  z.refine(({ start, end }) => start < end, { error: "start-before-end", path: ["end"] }),
  z.refine(({ start, end }) => end - start <= longestRangeMs, { error: "too-long", path: ["end"] }),
);

/** A device's readings may be asked for without a range: all its history. */
export const optionalReadingsRange = z.union([z.strictObject({}), readingsRange]);
