import type { SensorLife } from "./gaps.ts";
import type { Reading } from "./reading.ts";
import { sensorSpansOf } from "./sensor-spans.ts";
import { firstAtOrAfter, lowerBound } from "./series.ts";
import { type Spacings, spacingOf, spacingsOf } from "./spacing.ts";
import type { Span } from "./time.ts";

/** What a list says of one sensor: from when to when it measured, and of the period how much. */
export interface SensorTally {
  readonly sensor: string;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Usable readings within the period. */
  readonly usable: number;
  /** Readings of its warm-up within the period. */
  readonly warmUp: number;
}

/**
 * When each sensor was worn, as far as its life or else its readings say: from its activation or first
 * reading to its end. One whose end is not known was worn until another one began after its last reading, and
 * no longer than it was made for unless it measured longer; else until `untilMs`. In the order of their first
 * readings.
 */
function wornSpansOf(
  sensors: readonly SensorTally[],
  spacings: Spacings,
  lives: ReadonlyMap<string, SensorLife>,
  untilMs: number,
): Span[] {
  const beginsMs = sensors.map(({ firstMs }) => firstMs);
  return sensors.map(({ sensor, firstMs, lastMs }) => {
    const life = lives.get(sensor);
    const measuredToMs = lastMs + spacingOf(spacings, sensor);
    const nextMs = beginsMs[lowerBound(beginsMs.length, (index) => beginsMs[index] as number, lastMs + 1)];
    const unknownEndMs = Math.min(
      untilMs,
      nextMs ?? Number.POSITIVE_INFINITY,
      life?.state === "ended" ? measuredToMs : Number.POSITIVE_INFINITY,
      Math.max(life?.estimatedEndAtMs ?? Number.POSITIVE_INFINITY, measuredToMs),
    );
    const endedMs = life?.endedAtMs ?? null;
    return {
      startMs: Math.min(life?.activatedAtMs ?? firstMs, firstMs),
      endMs: endedMs === null ? unknownEndMs : Math.max(endedMs, lastMs + 1),
    };
  });
}

/**
 * How many readings a period could have: summed sensor by sensor over the time it was worn within the period,
 * at its own spacing, its warm-up left out. Never fewer than the usable ones there are. Sensors in the order
 * of their first readings. Source: clinical.md, Statistics.
 */
export function expectedFrom(
  sensors: readonly SensorTally[],
  spacings: Spacings,
  period: Span,
  lives: ReadonlyMap<string, SensorLife>,
): number {
  let expected = 0;
  for (const [index, { startMs, endMs }] of wornSpansOf(sensors, spacings, lives, period.endMs).entries()) {
    const { sensor, usable, warmUp } = sensors[index] as SensorTally;
    const wornMs = Math.min(endMs, period.endMs) - Math.max(startMs, period.startMs);
    const slots = Math.round(Math.max(0, wornMs) / spacingOf(spacings, sensor)) - warmUp;
    expected += Math.max(usable, slots);
  }
  return expected;
}

function warmUpIn(readings: readonly Reading[], { startMs, endMs }: Span): Reading[] {
  const warm: Reading[] = [];
  const to = firstAtOrAfter(readings, endMs);
  for (let index = firstAtOrAfter(readings, startMs); index < to; index += 1) {
    const reading = readings[index] as Reading;
    if (reading.warmUp) warm.push(reading);
  }
  return warm;
}

/** `expectedFrom` of all readings at hand in time order, of which `usable` are the period's that count. */
export function expectedOf(
  readings: readonly Reading[],
  usable: readonly Reading[],
  period: Span,
  lives: ReadonlyMap<string, SensorLife>,
): number {
  const received = sensorSpansOf(usable);
  const warm = sensorSpansOf(warmUpIn(readings, period));
  const sensors = [...sensorSpansOf(readings)].map(([sensor, { firstMs, lastMs }]) => ({
    sensor,
    firstMs,
    lastMs,
    usable: received.get(sensor)?.count ?? 0,
    warmUp: warm.get(sensor)?.count ?? 0,
  }));
  return expectedFrom(sensors, spacingsOf(readings), period, lives);
}
