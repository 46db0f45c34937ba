import { freshnessOf } from "./freshness.ts";
import type { Limits } from "./limits.ts";
import { type NowState, nearLowMmolL } from "./now-state.ts";
import type { Reason } from "./reason.ts";
import { hourMs, minuteMs } from "./time.ts";

const fallingTrends = [10, 20];

export const isFallingNearLow = ({ band, trend, isNearLow }: NowState): boolean =>
  band === "in-range" && trend !== null && fallingTrends.includes(trend) && isNearLow;

/** Silence ends nothing: so long it stands how somebody was at the last reading. */
export const lastReasonMs = 24 * hourMs;

/**
 * Why to look at somebody for how they are now, or were at their latest reading where that is too old to speak
 * for now: a reason of its own then.
 */
export function nowReasons(now: NowState, limits: Pick<Limits, "highForMin">, nowMs: number): Reason[] {
  const reason = stateReason(now, limits);
  if (!reason) return [];
  const { projectedMmolL } = now;
  if (freshnessOf(now.timeMs, nowMs) === "current") return [{ ...reason, projectedMmolL }];
  if (nowMs - now.timeMs > lastReasonMs) return [];
  const { key, value, isAtLeast, trend } = reason;
  return [{ key: lastKeys[key], value, limit: 0, sinceMs: now.timeMs, isAtLeast, trend, projectedMmolL }];
}

type NowKey = "very-low-now" | "low-now" | "falling-near-low" | "high-for-long";

/** What each is called once readings have stopped coming. */
export const lastKeys = {
  "very-low-now": "very-low-last",
  "low-now": "low-last",
  "falling-near-low": "falling-near-low-last",
  "high-for-long": "high-for-long-last",
} as const satisfies Record<NowKey, Reason["key"]>;

function stateReason(
  now: NowState,
  { highForMin }: Pick<Limits, "highForMin">,
): (Reason & { readonly key: NowKey }) | null {
  const { timeMs, band, sinceMs, isAtLeast, trend } = now;
  const forMin = (timeMs - sinceMs) / minuteMs;
  const since = { sinceMs, isAtLeast, trend };
  if (band === "very-low") return { key: "very-low-now", value: forMin, limit: 0, ...since };
  if (band === "low") return { key: "low-now", value: forMin, limit: 0, ...since };
  if (isFallingNearLow(now)) return { key: "falling-near-low", value: 0, limit: nearLowMmolL, trend };
  if (band === "very-high" && forMin >= highForMin)
    return { key: "high-for-long", value: forMin, limit: highForMin, ...since };
  return null;
}
