import { localDays } from "./local-time.ts";
import type { Reading } from "./reading.ts";
import { firstAtOrAfter, inWindow, spacingMs } from "./series.ts";
import { slotReadings, spacingBySensorMs } from "./wear-slots.ts";

export interface DayCompleteness {
  readonly startMs: number;
  readonly endMs: number;
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
 * How much of a device's expected data arrived over a period, by local day. Warm-up records count: they arrived. A slot
 * counts once however many records fill it, so no share exceeds 1. Readings in time order.
 */
export function completenessOf(
  readings: readonly Reading[],
  period: { readonly startMs: number; readonly endMs: number },
  timeZone: string,
): Completeness {
  const nominalMs = spacingMs(readings);
  const worn = inWindow(readings, period.startMs, period.endMs);
  const slots = slotReadings(worn, spacingBySensorMs(worn));
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
