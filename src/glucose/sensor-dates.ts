import { minuteMs } from "./time.ts";

/** Two clocks that disagree by this much or less do not contradict each other. */
export const clockToleranceMs = 5 * minuteMs;

/** The earliest time of a reading that is from after an end, planned or not; one of before belongs to the end itself. */
export const afterEndFromMs = (endMs: number): number => endMs + clockToleranceMs;

/** The sensor of the latest reading; null where the platform would not tell. */
export interface SensorDates {
  readonly activatedAtMs?: number | null;
  readonly estimatedEndAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Its dates, or its state, contradicted each other when the platform last told. */
  readonly isInDoubt?: boolean | undefined;
}

/** It sent after its end, or its dates contradict each other: when it ends or ended nobody can tell. */
export function areDatesInDoubt(sensor: SensorDates | null, lastReadingAtMs: number | null): boolean {
  const { activatedAtMs = null, estimatedEndAtMs = null, endedAtMs = null, isInDoubt } = sensor ?? {};
  const begunMs = activatedAtMs ?? Number.NEGATIVE_INFINITY;
  return (
    isInDoubt ||
    (endedAtMs !== null && (endedAtMs < begunMs || (lastReadingAtMs ?? 0) >= afterEndFromMs(endedAtMs))) ||
    (estimatedEndAtMs !== null && estimatedEndAtMs < begunMs)
  );
}

/**
 * The planned end has come, and no reading from after it, or none any more. One that goes on has not ended: `isSilent`
 * is what ends it.
 */
export const isOverByPlan = (
  plannedEndMs: number | null,
  lastReadingAtMs: number | null,
  isSilent: boolean,
  knownToMs: number,
): boolean =>
  plannedEndMs !== null &&
  plannedEndMs <= knownToMs &&
  (isSilent || (lastReadingAtMs ?? 0) < afterEndFromMs(plannedEndMs));
