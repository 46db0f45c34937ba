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
  // Readings of one sensor mostly follow each other: they are counted at once.
  for (let from = 0; from < readings.length; ) {
    const { sensor, timeMs: firstMs } = readings[from] as Reading;
    let to = from + 1;
    while (readings[to]?.sensor === sensor) to += 1;
    const { timeMs: lastMs } = readings[to - 1] as Reading;
    const span = spans.get(sensor);
    if (span) {
      span.lastMs = lastMs;
      span.count += to - from;
    } else spans.set(sensor, { firstMs, lastMs, count: to - from });
    from = to;
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
