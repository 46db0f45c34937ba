import { localDays } from "./local-time.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter, inWindow } from "./series.ts";
import { spacingOf, spacingsOf } from "./spacing.ts";
import type { Span } from "./time.ts";

interface DayCompleteness extends Span {
  readonly received: number;
  readonly expected: number;
}

export interface Completeness {
  readonly spacingMs: number;
  readonly received: number;
  readonly expected: number;
  readonly days: readonly DayCompleteness[];
}

/**
 * Leaves out a reading that follows the last one kept by less than two thirds of the
 * spacing, as after a clock's restart.
 */
function onePerSlot(readings: readonly Reading[], nominalMs: number): Reading[] {
  let lastMs = Number.NEGATIVE_INFINITY;
  return readings.filter(({ timeMs }) => {
    if (timeMs - lastMs < (nominalMs * 2) / 3) return false;
    lastMs = timeMs;
    return true;
  });
}

/**
 * How much of a device's expected data arrived over a period, by local day. Warm-up records count: they
 * arrived. A slot counts once however many records fill it, so no share exceeds 1. Readings in time order.
 */
export function completenessOf(readings: readonly Reading[], period: Span, timeZone: string): Completeness {
  const nominalMs = spacingOf(spacingsOf(readings), readings[0]?.sensor ?? "");
  const worn = inWindow(readings, period.startMs, period.endMs);
  const slots = onePerSlot(worn, nominalMs);
  const days = localDays(period.startMs, period.endMs, timeZone).map(({ startMs, endMs }) => {
    const expected = Math.round((endMs - startMs) / nominalMs);
    const received = firstAtOrAfter(slots, endMs) - firstAtOrAfter(slots, startMs);
    return { startMs, endMs, expected, received: Math.min(received, expected) };
  });
  return {
    spacingMs: nominalMs,
    received: days.reduce((sum, day) => sum + day.received, 0),
    expected: days.reduce((sum, day) => sum + day.expected, 0),
    days,
  };
}
