import type { Reading } from "./reading.ts";
import { sensorSpansOf } from "./sensor-spans.ts";
import { hourMs } from "./time.ts";

/** Fewer readings in an hour are the edge of a sensor's life, as at a change of sensors. */
const fewestInAnHour = 3;

/**
 * Readings apart by sensors that measured at the same time: within one of these lists no two sensors overlap.
 * One list, the given one, as long as one sensor follows another. Readings in time order.
 */
export function tracksOf(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const spans = sensorSpansOf(readings);
  const trackOf = new Map<string, number>();
  const untilMs: number[] = [];
  for (const [sensor, { firstMs, lastMs }] of spans) {
    const free = untilMs.findIndex((endMs) => endMs < firstMs);
    const track = free < 0 ? untilMs.length : free;
    untilMs[track] = lastMs;
    trackOf.set(sensor, track);
  }
  if (untilMs.length <= 1) return [readings];
  return untilMs.map((_, track) => readings.filter(({ sensor }) => trackOf.get(sensor) === track));
}

/**
 * In how many hours two sensors or more measured at once: what one body seldom and two
 * bodies often have. Readings in time order.
 */
export function hoursOfTwoSensors(readings: readonly Reading[]): number {
  if (tracksOf(readings).length < 2) return 0;
  const counts = new Map<number, Map<string, number>>();
  for (const { sensor, timeMs } of readings) {
    const hour = Math.floor(timeMs / hourMs);
    const sensors = counts.get(hour) ?? new Map<string, number>();
    sensors.set(sensor, (sensors.get(sensor) ?? 0) + 1);
    counts.set(hour, sensors);
  }
  return [...counts.values()].filter(
    (sensors) => [...sensors.values()].filter((count) => count >= fewestInAnHour).length > 1,
  ).length;
}
