import type { Reading } from "./reading.ts";
import { minuteMs } from "./time.ts";

const defaultSpacingMs = 3 * minuteMs;
/**
 * Fewer distances between neighbours may be a pause or a lost packet, and say nothing of a sensor's spacing.
 */
const fewest = 3;

/** How often each distance occurs, by whole minutes; those like the last one wait beside the map. */
interface Distances {
  readonly counts: Map<number, number>;
  minutes: number;
  times: number;
}

interface Sensor {
  lastMs: number;
  lastPacket: number | null;
  /** Between neighbours whose packet numbers say how many readings lie between them. */
  readonly perPacket: Distances;
  /** Between all neighbours. */
  readonly apart: Distances;
}

/** The nominal spacing of each sensor by serial, ms. */
export type Spacings = ReadonlyMap<string, number>;

const newDistances = (): Distances => ({ counts: new Map(), minutes: 0, times: 0 });

function store(distances: Distances): void {
  const { counts, minutes, times } = distances;
  if (times > 0) counts.set(minutes, (counts.get(minutes) ?? 0) + times);
  distances.times = 0;
}

function count(distances: Distances, durationMs: number): void {
  const minutes = Math.round(durationMs / minuteMs);
  if (minutes !== distances.minutes) store(distances);
  distances.minutes = minutes;
  distances.times += 1;
}

/**
 * The median of counted distances, ms; of an even number the lower of the
 * two in the middle. Null for too few.
 */
function medianMs(distances: Distances): number | null {
  store(distances);
  const { counts } = distances;
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total < fewest) return null;
  let seen = 0;
  for (const minutes of [...counts.keys()].sort((a, b) => a - b)) {
    seen += counts.get(minutes) ?? 0;
    if (seen * 2 >= total) return Math.max(1, minutes) * minuteMs;
  }
  return null;
}

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
  const sensors = new Map<string, Sensor>();
  let serial: string | undefined;
  let sensor: Sensor | undefined;
  for (const { sensor: own, timeMs, packet } of readings) {
    if (own !== serial) sensor = sensors.get(own);
    serial = own;
    if (!sensor) {
      sensor = { lastMs: timeMs, lastPacket: packet, perPacket: newDistances(), apart: newDistances() };
      sensors.set(own, sensor);
      continue;
    }
    const apartMs = timeMs - sensor.lastMs;
    if (apartMs > 0) {
      count(sensor.apart, apartMs);
      const packets = packet === null || sensor.lastPacket === null ? 0 : packet - sensor.lastPacket;
      if (packets > 0) count(sensor.perPacket, apartMs / packets);
    }
    sensor.lastMs = timeMs;
    sensor.lastPacket = packet;
  }
  return new Map(
    [...sensors].map(([serial, { perPacket, apart }]) => [
      serial,
      medianMs(perPacket) ?? medianMs(apart) ?? defaultSpacingMs,
    ]),
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
