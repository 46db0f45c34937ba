import { type ComplaintPart, complaintParts } from "#contract/case-fields.ts";
import type { DeviceJourney } from "#contract/device.ts";
import { type DeviceDates, wearOf } from "./life.ts";
import { thresholds } from "./verdict.ts";

/**
 * What the record of a complaint must hold by 21 CFR 820.35(a) and this one does not. Its serial number and the
 * date it was received are always there. A phone number without a digit and signs alone are of no use.
 */
export const missingIn = (record: Readonly<Record<ComplaintPart, string | null>>): ComplaintPart[] =>
  complaintParts.filter(
    (part) => !(part === "callerPhone" ? /\p{Nd}/u : /[\p{L}\p{N}]/u).test(record[part] ?? ""),
  );

export interface EarlyEnd {
  readonly wornMs: number;
  readonly plannedMs: number;
  readonly earlyMs: number;
}

/** How much of its planned wear a sensor that has ended fell short of; null where it did not, or where nobody knows. */
export function earlyEndOf(
  device: DeviceDates & { readonly isInDoubt?: boolean },
  nowMs: number,
  journey?: Pick<DeviceJourney, "afterEnd">,
): EarlyEnd | null {
  if (device.state !== "ended" || device.isInDoubt) return null;
  const { wornMs, plannedMs, endedAfterExpectedMs } = wearOf(device, nowMs, journey);
  if (wornMs === null || plannedMs === null || endedAfterExpectedMs === null) return null;
  const earlyMs = -endedAfterExpectedMs;
  return earlyMs > thresholds.endToleranceMs ? { wornMs, plannedMs, earlyMs } : null;
}
