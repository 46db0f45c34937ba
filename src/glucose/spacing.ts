import type { Reading } from "./reading.ts";
import { minuteMs } from "./time.ts";

const defaultSpacingMs = 3 * minuteMs;
/**
 * Fewer distances between neighbours may be a pause or a lost packet, and say nothing of a sensor's spacing.
 */
const fewest = 3;

/** How often each distance occurs, by whole minutes. */
type Counts = Map<number, number>;

/** How far apart neighbouring readings of one sensor lie. */
export interface Distances {
  /** By packet, where their numbers say how many readings lie between them. */
  readonly perPacket: Counts;
  /** Between all. */
  readonly apart: Counts;
}

/** Where a distance begins or ends. */
export type Place = Pick<Reading, "timeMs" | "packet">;

export const noDistances = (): Distances => ({ perPacket: new Map(), apart: new Map() });

interface SensorDistances {
  readonly distances: Distances;
  readonly counter: ReturnType<typeof createDistanceCounter>;
}

/** The nominal spacing of each sensor by serial, ms. */
export type Spacings = ReadonlyMap<string, number>;

/**
 * The median of counted distances, ms; of an even number the lower of the
 * two in the middle. Null for too few.
 */
function medianMs(distances: Counts): number | null {
  const total = [...distances.values()].reduce((sum, count) => sum + count, 0);
  if (total < fewest) return null;
  let seen = 0;
  for (const minutes of [...distances.keys()].sort((a, b) => a - b)) {
    seen += distances.get(minutes) ?? 0;
    if (seen * 2 >= total) return Math.max(1, minutes) * minuteMs;
  }
  return null;
}

/** Adds distances to `counts`; equal ones that follow each other wait until `settle` or another one. */
function createCounter(counts: Counts) {
  let [minutes, times] = [0, 0];
  const settle = () => {
    if (times > 0) counts.set(minutes, (counts.get(minutes) ?? 0) + times);
    times = 0;
  };
  const add = (durationMs: number) => {
    const own = Math.round(durationMs / minuteMs);
    if (own !== minutes) settle();
    minutes = own;
    times += 1;
  };
  return { add, settle };
}

/** Counts the distances between neighbours of one sensor, in time order. */
export function createDistanceCounter({ perPacket, apart }: Distances, first: Place) {
  const counters = { perPacket: createCounter(perPacket), apart: createCounter(apart) };
  let last = first;
  return {
    add: (place: Place) => {
      const apartMs = place.timeMs - last.timeMs;
      const packets = place.packet === null || last.packet === null ? 0 : place.packet - last.packet;
      last = place;
      if (apartMs <= 0) return;
      counters.apart.add(apartMs);
      if (packets > 0) counters.perPacket.add(apartMs / packets);
    },
    settle: () => {
      counters.perPacket.settle();
      counters.apart.settle();
    },
  };
}

/** The nominal spacing of a sensor whose readings lie so far apart, ms; 3 minutes for too few. */
export const spacingFrom = ({ perPacket, apart }: Distances): number =>
  medianMs(perPacket) ?? medianMs(apart) ?? defaultSpacingMs;

/** What was found about a list, for as long as it lives: statistics, gaps and drawing all ask for it. */
const found = new WeakMap<readonly Reading[], Spacings>();

/**
 * The nominal time between the readings of each sensor, ms: the median of (time between neighbours /
 * difference of their packet numbers) in whole minutes, without packet numbers that of the time
 * between neighbours; 3 minutes for a sensor with too few readings. Lost packets make no sensor
 * slower. Ask with all readings at hand, not with those of one day. Readings in time order; linear in
 * their number. Source: clinical.md, Statistics.
 */
export function spacingsOf(readings: readonly Reading[]): Spacings {
  const known = found.get(readings);
  if (known) return known;
  const spacings = findSpacings(readings);
  found.set(readings, spacings);
  return spacings;
}

function findSpacings(readings: readonly Reading[]): Spacings {
  const sensors = new Map<string, SensorDistances>();
  let serial: string | undefined;
  let sensor: SensorDistances | undefined;
  for (const reading of readings) {
    if (reading.sensor !== serial) sensor = sensors.get(reading.sensor);
    serial = reading.sensor;
    if (sensor) sensor.counter.add(reading);
    else {
      const distances = noDistances();
      sensor = { distances, counter: createDistanceCounter(distances, reading) };
      sensors.set(serial, sensor);
    }
  }
  return new Map(
    [...sensors].map(([serial, { distances, counter }]) => {
      counter.settle();
      return [serial, spacingFrom(distances)];
    }),
  );
}

/** One sensor's spacing among those found, ms; 3 minutes for one that is not among them. */
export const spacingOf = (spacings: Spacings, sensor: string): number =>
  spacings.get(sensor) ?? defaultSpacingMs;

/**
 * The spacing within one sensor from which on it is a gap: more than 15 minutes, for a sensor slower than 10
 * more than 1.5 × its own spacing. Source: clinical.md, Time.
 */
export const gapThresholdMs = (nominalSpacingMs: number): number =>
  Math.max(15 * minuteMs, 1.5 * nominalSpacingMs);
