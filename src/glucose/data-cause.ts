import type { GapCause } from "./gaps.ts";
import type { DataCause } from "./reason-keys.ts";

const dataCauseOf: Record<GapCause, DataCause> = {
  "no-sensor": "no-sensor",
  "warm-up": "no-sensor",
  "sensor-change": "no-sensor",
  "not-uploaded": "phone-silent",
  "not-measured": "sensor-silent",
  lost: "lost",
  unreadable: "lost",
  unread: "not-read",
  "not-asked": "not-read",
  unknown: "unknown",
};

/** Why there is little data: what took most of the time without readings, of gaps by cause, ms. */
export function causeOf(gapMs: Readonly<Partial<Record<GapCause, number>>>): DataCause {
  const sums = new Map<DataCause, number>();
  for (const [cause, ms] of Object.entries(gapMs) as [GapCause, number][])
    sums.set(dataCauseOf[cause], (sums.get(dataCauseOf[cause]) ?? 0) + ms);
  return [...sums].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "unknown";
}
