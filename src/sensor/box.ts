import type { BoxDetails } from "#contract/device.ts";
import { hourMs } from "#glucose/time.ts";
import { isSoundGtin } from "./gs1.ts";

/** Why a detail of a box cannot be so. */
type BoxFault = "check-digit" | "in-future" | "after-expiry" | "before-production";
type BoxFaults = { readonly [Field in keyof BoxDetails]?: BoxFault };

/** In the zone furthest ahead a day begins so much earlier than in UTC. */
const furthestAheadMs = 14 * hourMs;

/** What of a code's details cannot be so; of two dates that contradict each other neither is believed. */
export function boxFaultsOf({ gtin, producedOn, expiry }: BoxDetails, nowMs: number): BoxFaults {
  const today = new Date(nowMs + furthestAheadMs).toISOString().slice(0, 10);
  const isCrossed = producedOn !== null && expiry !== null && expiry < producedOn;
  return {
    ...(gtin !== null && !isSoundGtin(gtin) && { gtin: "check-digit" }),
    ...(isCrossed && { producedOn: "after-expiry", expiry: "before-production" }),
    ...(producedOn !== null && producedOn > today && { producedOn: "in-future" }),
  };
}

/** The details without those that cannot be so. */
export const soundBoxOf = (box: BoxDetails, nowMs: number): BoxDetails => ({
  ...box,
  ...Object.fromEntries(Object.keys(boxFaultsOf(box, nowMs)).map((field) => [field, null])),
});
