import type { Device, DeviceJourney } from "#contract/device.ts";
import type { Worn } from "#contract/lookups.ts";
import { hourMs } from "#glucose/time.ts";

const recentMs = hourMs;

/**
 * Told from the last reading, and from the state where that excludes wear; null where it cannot be told. One that
 * still sends past its expected end is worn.
 */
export function wornOf(
  { state, estimatedEndAtMs, endedAtMs }: Pick<Device, "state" | "estimatedEndAtMs" | "endedAtMs">,
  journey: Pick<DeviceJourney, "lastReadingMs"> | null,
  nowMs: number,
): Worn | null {
  if (state === "unbound" || state === "bound" || state === "ended") return "no";
  if (endedAtMs !== null && endedAtMs <= nowMs) return "no";
  if (!journey) return null;
  const { lastReadingMs } = journey;
  if (lastReadingMs !== null && nowMs - lastReadingMs <= recentMs) return "worn";
  if (estimatedEndAtMs !== null && estimatedEndAtMs <= nowMs) return "no";
  return state === "activated" ? "silent" : null;
}
