import type { Reading } from "./reading.ts";

export interface UploadDelay {
  /** Whole minutes from measuring to the platform. */
  readonly medianMin: number;
  readonly worstMin: number;
}

/** The lower of the two in the middle for an even number, so that it is a delay that occurred. */
const medianOf = (ascending: readonly number[]): number => ascending[(ascending.length - 1) >> 1] ?? 0;

/**
 * How long readings took to reach the platform; null when none says. Of a reading
 * sent twice the first arrival counts.
 */
export function uploadDelayOf(readings: readonly Reading[]): UploadDelay | null {
  const delays = readings.flatMap(({ uploadDelayMin }) => uploadDelayMin ?? []).sort((a, b) => a - b);
  return delays.length === 0 ? null : { medianMin: medianOf(delays), worstMin: delays.at(-1) ?? 0 };
}
