import type { Device } from "#contract/device.ts";
import { longestRangeMs } from "#contract/readings-range.ts";
import { dayMs, type Span } from "#glucose/time.ts";

export const periods = ["hours24", "days3", "days7", "wear"] as const;
export type Period = (typeof periods)[number];

const lengthsMs = { hours24: dayMs, days3: 3 * dayMs, days7: 7 * dayMs };

/**
 * Periods end where the wear does: now, or for an ended device at its end. Readings outside the dates the
 * platform gives (contradictory dates, data after the end) still belong to the whole wear. A date that no
 * wear can have, in the future or years ago, draws nothing out.
 */
export function curvePeriod(
  period: Period,
  device: Pick<Device, "state" | "activatedAtMs" | "endedAtMs">,
  data: { firstMs: number; lastMs: number },
  nowMs: number,
): Span {
  const isOver = device.state === "ended" || device.endedAtMs !== null;
  // The end of a period is exclusive, so the last reading has to lie before it.
  const wornUntilMs = (isOver ? device.endedAtMs : nowMs) ?? 0;
  const endMs = Math.max(Math.min(wornUntilMs, nowMs), data.lastMs + 1);
  const startMs =
    period === "wear"
      ? Math.max(Math.min(device.activatedAtMs ?? data.firstMs, data.firstMs), endMs - longestRangeMs)
      : endMs - lengthsMs[period];
  return { startMs, endMs };
}
