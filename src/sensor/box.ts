import type { BoxDetails } from "#contract/device.ts";
import { hourMs } from "#glucose/time.ts";
import { isSoundGtin } from "./gs1.ts";

/** Why a detail of a box cannot be so. */
type BoxFault = "check-digit" | "in-future" | "after-expiry" | "before-production";
type BoxFaults = { readonly [Field in keyof BoxDetails]?: BoxFault };

/** In the zone furthest ahead a day begins so much earlier than in UTC. */
const furthestAheadMs = 14 * hourMs;

const isCrossed = ({ producedOn, expiry }: Pick<BoxDetails, "producedOn" | "expiry">) =>
  producedOn !== null && expiry !== null && expiry < producedOn;

/** What of a code's details cannot be so; of two dates that contradict each other neither is believed. */
export function boxFaultsOf({ gtin, producedOn, expiry }: BoxDetails, nowMs: number): BoxFaults {
  const today = new Date(nowMs + furthestAheadMs).toISOString().slice(0, 10);
  return {
    ...(gtin !== null && !isSoundGtin(gtin) && { gtin: "check-digit" }),
    ...(isCrossed({ producedOn, expiry }) && { producedOn: "after-expiry", expiry: "before-production" }),
    ...(producedOn !== null && producedOn > today && { producedOn: "in-future" }),
  };
}

/** The details without those that cannot be so. */
export const soundBoxOf = (box: BoxDetails, nowMs: number): BoxDetails => ({
  ...box,
  ...Object.fromEntries(Object.keys(boxFaultsOf(box, nowMs)).map((field) => [field, null])),
});

const fieldsOf = (box: BoxDetails) => Object.keys(box) as (keyof BoxDetails)[];

/** What is known, with what else was scanned; what was scanned takes the place of what it contradicts, and of nothing else. */
export function boxWith(known: BoxDetails, scanned: BoxDetails): BoxDetails {
  const given = Object.fromEntries(
    fieldsOf(scanned).flatMap((one) => (scanned[one] ? [[one, scanned[one]]] : [])),
  );
  const box = { ...known, ...given };
  if (!isCrossed(box)) return box;
  return { ...box, producedOn: scanned.producedOn, expiry: scanned.expiry };
}

/** Whether something that is known would not stay beside what was scanned. */
export function isBoxContradicted(known: BoxDetails, scanned: BoxDetails): boolean {
  const box = boxWith(known, scanned);
  return fieldsOf(known).some((one) => known[one] !== null && known[one] !== box[one]);
}
