import type { Reading } from "./reading.ts";

/** One sensor's readings in a list. */
export interface SensorSpan {
  readonly firstMs: number;
  lastMs: number;
  count: number;
}

/** From when to when each sensor measured and how often, by serial, in the order of their first readings. Readings in time order. */
export function sensorSpansOf(readings: readonly Reading[]): ReadonlyMap<string, SensorSpan> {
  const spans = new Map<string, SensorSpan>();
  let serial: string | undefined;
  let span: SensorSpan | undefined;
  for (const { sensor, timeMs } of readings) {
    if (sensor !== serial) span = spans.get(sensor);
    serial = sensor;
    if (span) {
      span.lastMs = timeMs;
      span.count += 1;
    } else {
      span = { firstMs: timeMs, lastMs: timeMs, count: 1 };
      spans.set(sensor, span);
    }
  }
  return spans;
}

/** Whether two sensors or more measured at once. */
export function areSimultaneous(spans: ReadonlyMap<string, SensorSpan>): boolean {
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { firstMs, lastMs } of spans.values()) {
    if (firstMs <= untilMs) return true;
    untilMs = lastMs;
  }
  return false;
}
