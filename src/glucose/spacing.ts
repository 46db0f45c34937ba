import type { Reading } from "./reading.ts";

const minuteMs = 60_000;
const defaultSpacingMs = 3 * minuteMs;
const fewest = 10;

/** How often each distance between neighbours occurs, by whole minutes. */
type Distances = Map<number, number>;

interface Sensor {
  n: number;
  lastMs: number;
  readonly distances: Distances;
}

/** The median of counted distances, ms; of an even number the lower of the two in the middle. Null for none. */
function medianMs(distances: Distances): number | null {
  const total = [...distances.values()].reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const minutes of [...distances.keys()].sort((a, b) => a - b)) {
    seen += distances.get(minutes) ?? 0;
    if (seen * 2 >= total) return Math.max(1, minutes) * minuteMs;
  }
  return null;
}

const count = (distances: Distances, minutes: number) =>
  distances.set(minutes, (distances.get(minutes) ?? 0) + 1);

interface Spacings {
  readonly overallMs: number;
  readonly bySensorMs: ReadonlyMap<string, number>;
}

/**
 * The nominal time between readings, ms: the median distance between neighbours of one sensor in whole minutes, at least
 * one; over all, and for each sensor. Sensors of 3, 5 and 15 minutes tell it themselves; fewer than ten readings cannot:
 * such a sensor takes that of them all, and they all count as 3 minutes. Readings in time order; linear in their number.
 */
export function spacingsOf(readings: readonly Reading[]): Spacings {
  const known = found.get(readings);
  if (known) return known;
  const spacings = findSpacings(readings);
  found.set(readings, spacings);
  return spacings;
}

/** What was found about a list, for as long as it lives: statistics, gaps and drawing all ask for it. */
const found = new WeakMap<readonly Reading[], Spacings>();

function findSpacings(readings: readonly Reading[]): Spacings {
  const sensors = new Map<string, Sensor>();
  const all: Distances = new Map();
  let sensor: Sensor | undefined;
  let ofSerial: string | undefined;
  for (let index = 0; index < readings.length; index += 1) {
    const { sensor: serial, timeMs } = readings[index] as Reading;
    if (serial !== ofSerial) sensor = sensors.get(serial);
    ofSerial = serial;
    if (!sensor) {
      sensor = { n: 1, lastMs: timeMs, distances: new Map() };
      sensors.set(serial, sensor);
      continue;
    }
    if (timeMs > sensor.lastMs) {
      const minutes = Math.round((timeMs - sensor.lastMs) / minuteMs);
      count(sensor.distances, minutes);
      count(all, minutes);
    }
    sensor.n += 1;
    sensor.lastMs = timeMs;
  }
  const overallMs = (readings.length < fewest ? null : medianMs(all)) ?? defaultSpacingMs;
  const own = ({ n, distances }: Sensor): number => (n < fewest ? null : medianMs(distances)) ?? overallMs;
  return { overallMs, bySensorMs: new Map([...sensors].map(([serial, sensor]) => [serial, own(sensor)])) };
}

/** The nominal spacing over all readings, ms (`spacingsOf`). Readings in time order. */
export const spacingMs = (readings: readonly Reading[]): number => spacingsOf(readings).overallMs;

/**
 * The spacing from which on it is a gap: more than 15 minutes (clinical.md), or more than 1.5 × the nominal spacing where
 * that is longer, because a sensor that reports every 15 minutes is seldom punctual to the second.
 */
export const gapThresholdMs = (nominalSpacingMs: number): number =>
  Math.max(15 * minuteMs, 1.5 * nominalSpacingMs);
