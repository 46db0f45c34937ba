import type { BoxDetails } from "#contract/device.ts";
import type { KnownSensor } from "./sensors.ts";

/** What is known of a sensor's box. */
export function boxOf(known: Pick<KnownSensor, "box"> | null): BoxDetails {
  const { gtin = null, lot = null, expiryDate = null, producedOn = null } = known?.box ?? {};
  return { gtin, lot, expiry: expiryDate, producedOn };
}
