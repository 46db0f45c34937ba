import {
  type Missing,
  measured,
  missingIn,
  type Period,
  type Reason,
  type Rule,
  reasonsOf,
  type Stretches,
} from "./published.ts";

/** The days that Tidepool's dashboard can look at, each against as many before. */
export const tidepoolDays = [1, 7, 14, 30] as const;

type Days = (typeof tidepoolDays)[number];

export const tidepoolPeriodOf = (days: Days): Period => ({ days, daysBefore: days });

/** In the order in which Tidepool's service fills them, each patient once. */
const reasons = [
  { key: "very-low", limits: [{ measure: "very-low", comparison: ">", percent: 1 }] },
  { key: "below-range", limits: [{ measure: "below-range", comparison: ">", percent: 4 }] },
  { key: "very-high", limits: [{ measure: "very-high", comparison: ">", percent: 5 }] },
  { key: "above-range", limits: [{ measure: "above-range", comparison: ">", percent: 25 }] },
  { key: "in-range-fall", limits: [{ measure: "in-range-fall", comparison: ">", percent: 15 }] },
  { key: "worn", limits: [{ measure: "worn", comparison: "<", percent: 70 }] },
] as const satisfies readonly Omit<Rule<string>, "period">[];

/** Whoever is left. The limits are the service's own and always hold then: 25 and 4 % leave 71 % in range. */
const meetingTargets = {
  key: "meeting-targets",
  limits: [
    { measure: "in-range", comparison: ">=", percent: 70 },
    { measure: "worn", comparison: ">=", percent: 70 },
  ],
} as const satisfies Omit<Rule<string>, "period">;

type TidepoolReason = (typeof reasons)[number]["key"];
export type TidepoolGroup = TidepoolReason | "meeting-targets" | "no-data";

/** The categories in their order, in the words of days. */
export const tidepoolRulesOf = (days: Days): readonly Rule<Exclude<TidepoolGroup, "no-data">>[] =>
  [...reasons, meetingTargets].map((rule) => ({
    ...rule,
    period: rule.key === "in-range-fall" ? tidepoolPeriodOf(days) : { days, daysBefore: 0 },
  }));

export interface TidepoolPlace {
  readonly group: TidepoolGroup;
  /** All that hold; the first gave the group. Tidepool shows that one alone. */
  readonly reasons: readonly Reason<TidepoolReason>[];
  /** Null without a reading. */
  readonly inRangePercent: number | null;
  /** Why nothing could be judged. */
  readonly noData: Missing | null;
  /** Why a fall could not be judged. The original takes the earlier share for 0, and finds no fall. */
  readonly noEarlierPeriod: Missing | null;
}

/**
 * Where Tidepool's dashboard puts a patient. Source: github.com/tidepool-org/clinic, `TideReport` and
 * `defaultOrderedCategoryNames` in patients/repository/repository.go.
 */
export function tidepoolPlaceOf(stretches: Stretches): TidepoolPlace {
  const noData = missingIn(stretches.latest);
  const held = noData ? [] : reasonsOf<TidepoolReason>(reasons, stretches);
  return {
    group: noData ? "no-data" : (held[0]?.key ?? "meeting-targets"),
    reasons: held,
    inRangePercent: measured("in-range", stretches),
    noData,
    noEarlierPeriod: missingIn(stretches.earlier),
  };
}

const order: readonly TidepoolGroup[] = [...reasons.map(({ key }) => key), "meeting-targets", "no-data"];

/** By category, within one by what it is about: the largest first, of sensor use the smallest. */
export function compareTidepool(a: TidepoolPlace, b: TidepoolPlace): number {
  const byGroup = order.indexOf(a.group) - order.indexOf(b.group);
  if (byGroup !== 0 || a.group === "no-data") return byGroup;
  const percent = ({ reasons: [first], inRangePercent }: TidepoolPlace) =>
    first?.percent ?? inRangePercent ?? 0;
  return (percent(a) - percent(b)) * (a.group === "worn" ? 1 : -1);
}
