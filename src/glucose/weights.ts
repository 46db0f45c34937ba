import type { Reading } from "./reading.ts";
import { areSimultaneous, sensorSpansOf } from "./sensor-spans.ts";
import { type Spacings, spacingOf } from "./spacing.ts";

/** Jitter: up to so many spacings after a reading the sensor's next one carries on from it. */
const reach = 1.5;

/**
 * Until when each reading speaks: its sensor's next one, or after the last
 * before a silence one spacing, Unix ms.
 */
function spokenUntilMs(readings: readonly Reading[], spacings: Spacings): Float64Array {
  const untilMs = new Float64Array(readings.length);
  const nextMs = new Map<string, number>();
  for (let index = readings.length - 1; index >= 0; index -= 1) {
    const { sensor, timeMs } = readings[index] as Reading;
    const ownMs = spacingOf(spacings, sensor);
    const next = nextMs.get(sensor);
    untilMs[index] = next !== undefined && next - timeMs <= reach * ownMs ? next : timeMs + ownMs;
    nextMs.set(sensor, timeMs);
  }
  return untilMs;
}

/**
 * The time each reading stands for, ms: its own sensor's nominal spacing, and where n sensors measured at
 * once an n-th of it, so that time counts once. Readings in time order. Source: clinical.md, Statistics.
 */
export function weightsOf(readings: readonly Reading[], spacings: Spacings): Float64Array {
  const spans = sensorSpansOf(readings);
  return areSimultaneous(spans) ? sharedWeights(readings, spacings) : ownWeights(readings, spacings);
}

/** Where one sensor follows another. */
function ownWeights(readings: readonly Reading[], spacings: Spacings): Float64Array {
  const weights = new Float64Array(readings.length);
  let serial: string | undefined;
  let ownMs = 0;
  for (let index = 0; index < readings.length; index += 1) {
    const { sensor } = readings[index] as Reading;
    if (sensor !== serial) ownMs = spacingOf(spacings, sensor);
    serial = sensor;
    weights[index] = ownMs;
  }
  return weights;
}

function sharedWeights(readings: readonly Reading[], spacings: Spacings): Float64Array {
  const weights = new Float64Array(readings.length);
  const untilMs = spokenUntilMs(readings, spacings);
  /** Of each sensor that may still be measuring, until when its last reading speaks. */
  const speaking = new Map<string, number>();
  for (let index = 0; index < readings.length; index += 1) {
    const { sensor, timeMs } = readings[index] as Reading;
    let measuring = 1;
    if (speaking.size > 1 || !speaking.has(sensor))
      for (const [other, until] of speaking) {
        if (other === sensor) continue;
        if (timeMs < until) measuring += 1;
        else speaking.delete(other);
      }
    speaking.set(sensor, untilMs[index] as number);
    weights[index] = spacingOf(spacings, sensor) / measuring;
  }
  return weights;
}
