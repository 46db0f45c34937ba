import { minuteMs } from "./time.ts";

export type Freshness = "current" | "stale" | "none";

/**
 * How far the latest reading can still speak for now: older than 15 minutes it is stale (greyed,
 * no arrow), older than 30 minutes there is no current data. Exactly 15 minutes is current,
 * exactly 30 stale. Source: clinical.md, Time.
 */
export function freshnessOf(timeMs: number, nowMs: number): Freshness {
  const ageMs = nowMs - timeMs;
  if (ageMs > 30 * minuteMs) return "none";
  return ageMs > 15 * minuteMs ? "stale" : "current";
}
