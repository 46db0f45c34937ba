import { afterEndFromMs } from "#glucose/sensor-dates.ts";
import { areDatesInDoubt } from "#sensor/life.ts";
import type { KnownSensor } from "../store/sensors.ts";

/** Whether the dates that are known of a sensor contradict each other, or data from after its end contradicts them. */
export function isInDoubt({ state, headline, lastDataAtMs, ...dates }: KnownSensor, nowMs: number): boolean {
  if (state === null) return false;
  const { endedAtMs } = dates;
  const isAfterEnd = endedAtMs !== null && lastDataAtMs !== null && lastDataAtMs >= afterEndFromMs(endedAtMs);
  return isAfterEnd || headline === "ended-doubtful" || areDatesInDoubt({ ...dates, state }, null, nowMs);
}
