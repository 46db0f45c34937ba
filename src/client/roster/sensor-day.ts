import type { PatientSummary } from "#contract/patient.ts";

const dayMs = 24 * 3_600_000;

/**
 * Which day of its planned life a sensor is in, from 1; "ended" once it is over; null when its dates are not known.
 */
export function sensorDay(
  sensor: PatientSummary["sensor"],
  nowMs: number,
): { day: number; of: number } | "ended" | null {
  if (!sensor) return null;
  const { activatedAtMs, estimatedEndAtMs, endedAtMs } = sensor;
  if (endedAtMs !== null && endedAtMs <= nowMs) return "ended";
  if (activatedAtMs === null || estimatedEndAtMs === null) return null;
  if (estimatedEndAtMs <= nowMs) return "ended";
  return {
    day: Math.max(1, Math.floor((nowMs - activatedAtMs) / dayMs) + 1),
    of: Math.max(1, Math.round((estimatedEndAtMs - activatedAtMs) / dayMs)),
  };
}
