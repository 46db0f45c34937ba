/**
 * One sensor reading, as the platform recorded it. Lists of readings are in time order and hold no duplicates
 * (`mergeReadings` makes them so).
 */
export interface Reading {
  /** When the sensor measured, Unix ms. */
  readonly timeMs: number;
  /** Glucose in mmol/L as the platform sent it, one decimal. Never rounded, converted or recomputed. */
  readonly valueMmolL: number;
  /**
   * The platform's own trend code: 1, 5, 10, 15, 20; anything else is unknown and kept
   * as it came. Null when none was sent.
   */
  readonly trend: number | null;
  /** The sensor was warming up: drawn apart and part of no statistic. */
  readonly warmUp: boolean;
  /** Serial number of the sensor. */
  readonly sensor: string;
  /** The sensor's packet number; null when the platform did not send one. */
  readonly packet: number | null;
  /**
   * Minutes between measuring and the platform receiving it, whole once they are settled; null when unknown.
   */
  readonly uploadDelayMin: number | null;
}
