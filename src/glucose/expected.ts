import type { SensorLife } from "./gaps.ts";
import type { Reading } from "./reading.ts";
import { sensorSpansOf } from "./sensor-spans.ts";
import { firstAtOrAfter, lowerBound } from "./series.ts";
import { spacingOf, spacingsOf } from "./spacing.ts";
import type { Span } from "./time.ts";

interface Worn extends Span {
  readonly sensor: string;
}

/**
 * When each sensor was worn, as far as its life or else its readings say: from its activation or first
 * reading to its end. One whose end is not known was worn until another one began after its last reading, and
 * no longer than it was made for unless it measured longer; else until `untilMs`. Readings in time order.
 */
function wornSpansOf(
  readings: readonly Reading[],
  lives: ReadonlyMap<string, SensorLife>,
  untilMs: number,
): Worn[] {
  const spacings = spacingsOf(readings);
  const spans = sensorSpansOf(readings);
  const beginsMs = [...spans.values()].map(({ firstMs }) => firstMs);
  return [...spans].map(([sensor, { firstMs, lastMs }]) => {
    const life = lives.get(sensor);
    const measuredToMs = lastMs + spacingOf(spacings, sensor);
    // In the order of their first readings.
    const nextMs = beginsMs[lowerBound(beginsMs.length, (index) => beginsMs[index] as number, lastMs + 1)];
    const unknownEndMs = Math.min(
      untilMs,
      nextMs ?? Number.POSITIVE_INFINITY,
      life?.state === "ended" ? measuredToMs : Number.POSITIVE_INFINITY,
      Math.max(life?.estimatedEndAtMs ?? Number.POSITIVE_INFINITY, measuredToMs),
    );
    const endedMs = life?.endedAtMs ?? null;
    return {
      sensor,
      startMs: Math.min(life?.activatedAtMs ?? firstMs, firstMs),
      endMs: endedMs === null ? unknownEndMs : Math.max(endedMs, lastMs + 1),
    };
  });
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

/**
 * How many readings a period could have: summed sensor by sensor over the time it was worn within the period,
 * at its own spacing, its warm-up left out. Never fewer than the usable ones there are. Readings in time
 * order. Source: clinical.md, Statistics.
 */
export function expectedOf(
  readings: readonly Reading[],
  usable: readonly Reading[],
  period: Span,
  lives: ReadonlyMap<string, SensorLife>,
): number {
  const spacings = spacingsOf(readings);
  const received = sensorSpansOf(usable);
  const warm = sensorSpansOf(warmUpIn(readings, period));
  let expected = 0;
  for (const { sensor, startMs, endMs } of wornSpansOf(readings, lives, period.endMs)) {
    const wornMs = Math.min(endMs, period.endMs) - Math.max(startMs, period.startMs);
    const slots =
      Math.round(Math.max(0, wornMs) / spacingOf(spacings, sensor)) - (warm.get(sensor)?.count ?? 0);
    expected += Math.max(received.get(sensor)?.count ?? 0, slots);
  }
  return expected;
}
