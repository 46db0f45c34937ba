/** Where a clinic draws its lines; a patient's goals are their own. */
export interface Limits {
  /** Minutes above the edge of very high. */
  readonly highForMin: number;
  /** Points by which the share in range fell, week on week. */
  readonly fellByPoints: number;
  /** Of the last seven. */
  readonly nightsWithLows: number;
  readonly extendedLows: number;
  readonly silencesAWeek: number;
  readonly endsWithinHours: number;
}

/** Source: worklist.md beside clinical.md; what it leaves open is ours. */
export const usualLimits: Limits = {
  highForMin: 120,
  fellByPoints: 15,
  nightsWithLows: 2,
  extendedLows: 1,
  silencesAWeek: 3,
  endsWithinHours: 48,
};
