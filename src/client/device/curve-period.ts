import type { Device } from "#contract/device.ts";

export const periods = ["hours24", "days3", "days7", "wear"] as const;
export type Period = (typeof periods)[number];

const dayMs = 86_400_000;
const lengthsMs = { hours24: dayMs, days3: 3 * dayMs, days7: 7 * dayMs };

/**
 * Periods end where the wear does: now, or for an ended device at its end. Readings outside the dates the platform
 * gives (contradictory dates, data after the end) still belong to the whole wear.
 */
export function curvePeriod(
  period: Period,
  device: Pick<Device, "state" | "activatedAtMs" | "endedAtMs">,
  data: { firstMs: number; lastMs: number },
  nowMs: number,
): { startMs: number; endMs: number } {
  const isOver = device.state === "ended" || device.endedAtMs !== null;
  // The end of a period is exclusive, so the last reading has to lie before it.
  const endMs = Math.max((isOver ? device.endedAtMs : nowMs) ?? 0, data.lastMs + 1);
  const startMs =
    period === "wear"
      ? Math.min(device.activatedAtMs ?? data.firstMs, data.firstMs)
      : endMs - lengthsMs[period];
  return { startMs, endMs };
}
