import type { Reading } from "./reading.ts";

/** One sensor's readings in a list. */
interface SensorSpan {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
}

type SensorSpans = ReadonlyMap<string, SensorSpan>;

/** What was found about a list, for as long as it lives: expected, weights and spacings all ask for it. */
const found = new WeakMap<readonly Reading[], SensorSpans>();

/**
 * From when to when each sensor measured and how often, by serial, in the order of their
 * first readings. Readings in time order.
 */
export function sensorSpansOf(readings: readonly Reading[]): SensorSpans {
  const known = found.get(readings);
  if (known) return known;
  const spans = findSpans(readings);
  found.set(readings, spans);
  return spans;
}

function findSpans(readings: readonly Reading[]): SensorSpans {
  const spans = new Map<string, { firstMs: number; lastMs: number; count: number }>();
  let serial: string | undefined;
  let span: { firstMs: number; lastMs: number; count: number } | undefined;
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
export function areSimultaneous(spans: SensorSpans): boolean {
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { firstMs, lastMs } of spans.values()) {
    if (firstMs <= untilMs) return true;
    untilMs = lastMs;
  }
  return false;
}
