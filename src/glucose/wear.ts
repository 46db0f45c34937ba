import { dayMs } from "./time.ts";

/**
 * Which day of its planned life a sensor is in, from 1 (it may run past `of`); "ended" once the platform says
 * so; null when its dates are not known.
 */
export function wearDay(
  sensor: {
    readonly activatedAtMs: number | null;
    readonly estimatedEndAtMs: number | null;
    readonly endedAtMs: number | null;
  },
  nowMs: number,
): { day: number; of: number } | "ended" | null {
  const { activatedAtMs, estimatedEndAtMs, endedAtMs } = sensor;
  if (endedAtMs !== null && endedAtMs <= nowMs) return "ended";
  if (activatedAtMs === null || estimatedEndAtMs === null) return null;
  return {
    day: Math.max(1, Math.floor((nowMs - activatedAtMs) / dayMs) + 1),
    of: Math.max(1, Math.round((estimatedEndAtMs - activatedAtMs) / dayMs)),
  };
}
