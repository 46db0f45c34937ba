import {
  compareLowest,
  holds,
  type Missing,
  measured,
  missingIn,
  type Reason,
  type Rule,
  reasonsOf,
  type Stretches,
} from "./published.ts";

/** SURF-TIDE looks at the latest seven days, and at the flags of the seven before. */
export const surfTidePeriod = { days: 7, daysBefore: 7 } as const;

const latest = { days: surfTidePeriod.days, daysBefore: 0 } as const;

/** What is counted, in either week. */
export const surfTideFlags = [
  {
    key: "below-range",
    limits: [{ measure: "below-range", comparison: ">", percent: 4 }],
    period: surfTidePeriod,
  },
  { key: "very-low", limits: [{ measure: "very-low", comparison: ">", percent: 1 }], period: surfTidePeriod },
  {
    key: "in-range",
    limits: [{ measure: "in-range", comparison: "<", percent: 65 }],
    period: surfTidePeriod,
  },
] as const satisfies readonly Rule<string>[];

type SurfTideFlag = (typeof surfTideFlags)[number]["key"];

const worn = { measure: "worn", comparison: ">", percent: 75 } as const;

/**
 * The lists in their order. `first` is for the first ranks, `two-weeks` for those after them with a flag in
 * either week, `others` for the rest; `missing` (0 in the original) for whoever wore too little.
 */
export const surfTideRules = [
  { key: "first", limits: [worn], period: latest },
  { key: "two-weeks", limits: [worn], period: surfTidePeriod },
  { key: "others", limits: [worn], period: surfTidePeriod },
  { key: "missing", limits: [{ ...worn, comparison: "<=" }], period: latest },
] as const satisfies readonly Rule<string>[];

export type SurfTideGroup = (typeof surfTideRules)[number]["key"];

/** As many ranks are in the first list of the Python original; its R one has 20. */
export const surfTideFirstRanks = 60;

export interface SurfTideFlagged {
  readonly flags: readonly Reason<SurfTideFlag>[];
  /** How many the week before had; null where it has no figures. The original takes that for none. */
  readonly flagsBefore: number | null;
  readonly isWornEnough: boolean;
  readonly wornPercent: number | null;
  /** Of the latest days; null without a reading. */
  readonly inRangePercent: number | null;
  /** Why nothing could be judged. */
  readonly noData: Missing | null;
  /** Why flags in both weeks could not be judged. */
  readonly noEarlierWeek: Missing | null;
}

/** What SURF-TIDE sees in one patient. Source: github.com/jferstad/SURF-TIDE, `rank_the_patients`. */
export function surfTideFlagged(stretches: Stretches): SurfTideFlagged {
  const { latest: now, earlier } = stretches;
  const noEarlierWeek = missingIn(earlier);
  const before = { latest: earlier, earlier: null };
  return {
    flags: reasonsOf<SurfTideFlag>(surfTideFlags, stretches),
    flagsBefore: noEarlierWeek ? null : reasonsOf<SurfTideFlag>(surfTideFlags, before).length,
    isWornEnough: holds(worn, stretches),
    wornPercent: measured("worn", stretches),
    inRangePercent: measured("in-range", stretches),
    noData: missingIn(now),
    noEarlierWeek,
  };
}

/** By the number of flags, most first, then by time in range, lowest first; without a reading last. */
const compareFlagged = (a: SurfTideFlagged, b: SurfTideFlagged): number =>
  b.flags.length - a.flags.length || compareLowest(a.inRangePercent, b.inRangePercent);

export interface SurfTidePlace {
  readonly group: SurfTideGroup;
  /** From 1, the same for equals, the next one without a step; null without a reading. */
  readonly rank: number | null;
}

function groupOf({ flags, flagsBefore, isWornEnough }: SurfTideFlagged, rank: number, firstRanks: number) {
  if (!isWornEnough) return "missing";
  if (rank <= firstRanks) return "first";
  return flags.length > 0 && flagsBefore ? "two-weeks" : "others";
}

/**
 * The places of all patients of a list, in the order of `patients`. A rank is one among all of them, also
 * those who wore too little, as in the original.
 */
export function surfTidePlacesOf(
  patients: readonly SurfTideFlagged[],
  firstRanks: number = surfTideFirstRanks,
): readonly SurfTidePlace[] {
  const ranks = new Map<SurfTideFlagged, number>();
  let rank = 0;
  let previous: SurfTideFlagged | undefined;
  for (const patient of patients.filter(({ noData }) => !noData).sort(compareFlagged)) {
    if (!previous || compareFlagged(previous, patient) !== 0) rank += 1;
    ranks.set(patient, rank);
    previous = patient;
  }
  return patients.map((patient) => {
    const own = ranks.get(patient);
    return own === undefined
      ? { group: "missing", rank: null }
      : { group: groupOf(patient, own, firstRanks), rank: own };
  });
}

const order = surfTideRules.map(({ key }): SurfTideGroup => key);

/** By list, within one by rank; without a reading last. Equals stay as they came. */
export const compareSurfTide = (a: SurfTidePlace, b: SurfTidePlace): number =>
  order.indexOf(a.group) - order.indexOf(b.group) || compareLowest(a.rank, b.rank);
