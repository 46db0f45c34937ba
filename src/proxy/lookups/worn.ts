import type { Device, DeviceJourney } from "#contract/device.ts";
import type { Worn } from "#contract/lookups.ts";
import { isOverByPlan } from "#glucose/sensor-dates.ts";
import { silentForMs } from "#sensor/verdict.ts";

/**
 * Told as the verdict tells silence from the last reading, and from the state where that excludes wear; null where it cannot be told. One that
 * still sends past its expected end is worn.
 */
export function wornOf(
  {
    state,
    activatedAtMs,
    estimatedEndAtMs,
    endedAtMs,
  }: Pick<Device, "state" | "activatedAtMs" | "estimatedEndAtMs" | "endedAtMs">,
  journey: Pick<DeviceJourney, "lastReadingMs" | "usualDelayMs" | "stale" | "asOfMs"> | null,
  nowMs: number,
): Worn | null {
  if (state === "unbound" || state === "bound" || state === "ended") return "no";
  if (endedAtMs !== null && endedAtMs <= nowMs) return "no";
  if (!journey || state === "unknown") return null;
  const { lastReadingMs } = journey;
  const isSilent = silentForMs(journey, activatedAtMs, nowMs) !== null;
  if (isOverByPlan(estimatedEndAtMs, lastReadingMs, isSilent, nowMs)) return "no";
  return isSilent ? "silent" : "worn";
}
