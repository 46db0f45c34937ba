import {
  compareLowest,
  holds,
  type Limit,
  type Missing,
  measured,
  missingIn,
  type Reason,
  type Rule,
  reasonsOf,
  type Stretches,
} from "./published.ts";

/** Stanford TIDE looks at 14 days: the latest seven against the seven before. */
export const tidePeriod = { days: 7, daysBefore: 7 } as const;

const latest = { days: tidePeriod.days, daysBefore: 0 } as const;
const wornEnough: Limit = { measure: "worn", comparison: ">", percent: 50 };

const alerts = [
  {
    key: "very-low",
    limits: [{ measure: "very-low", comparison: ">", percent: 1 }, wornEnough],
    period: latest,
  },
  { key: "low", limits: [{ measure: "low", comparison: ">", percent: 4 }, wornEnough], period: latest },
  {
    key: "in-range-fall",
    limits: [{ measure: "in-range-fall", comparison: ">", percent: 15 }, wornEnough],
    period: tidePeriod,
  },
  {
    key: "in-range",
    limits: [{ measure: "in-range", comparison: "<", percent: 65 }, wornEnough],
    period: latest,
  },
] as const satisfies readonly Rule<string>[];

const missing = {
  key: "missing",
  limits: [{ measure: "worn", comparison: "<=", percent: 50 }],
  period: latest,
} as const satisfies Rule<string>;

const none = {
  key: "none",
  limits: [{ measure: "worn", comparison: ">=", percent: 50 }],
  period: latest,
} as const satisfies Rule<string>;

/**
 * The groups in their published order, (1) to (6). `none` is for whom no alert would hold however little was
 * worn: at exactly 50 % somebody with an alert is `missing`, somebody without one `none`.
 */
export const tideRules = [...alerts, missing, none] as const satisfies readonly Rule<string>[];

type TideGroup = (typeof tideRules)[number]["key"];

export interface TidePlace {
  readonly group: TideGroup;
  /** All that hold; the first gave the group. Empty in `none`, and where there are no figures. */
  readonly reasons: readonly Reason<TideGroup>[];
  /** Of the latest days; null without a reading. */
  readonly inRangePercent: number | null;
  /** Why nothing could be judged. */
  readonly noData: Missing | null;
  /** Why a fall could not be judged. The original takes the earlier share for 0, and finds no fall. */
  readonly noEarlierWeek: Missing | null;
}

/**
 * Where Stanford TIDE puts a patient. Source: github.com/flaviagiammarino/stanford-tide-dashboard,
 * `prioritize_patients`; 10.1111/pedi.13256.
 */
export function tidePlaceOf(stretches: Stretches): TidePlace {
  const noData = missingIn(stretches.latest);
  const held = noData ? [] : reasonsOf<TideGroup>(alerts, stretches);
  const isQuiet = alerts.every(({ limits: [own] }) => !holds(own, stretches));
  const isNone = !noData && isQuiet && holds(none.limits[0], stretches);
  const group = held[0]?.key ?? (isNone ? "none" : "missing");
  return {
    group,
    reasons: group === "missing" && !noData ? reasonsOf<TideGroup>([missing], stretches) : held,
    inRangePercent: measured("in-range", stretches),
    noData,
    noEarlierWeek: missingIn(stretches.earlier),
  };
}

const order = tideRules.map(({ key }): TideGroup => key);

/** By group, within one by time in range, lowest first; without a reading last. Equals stay as they came. */
export const compareTide = (a: TidePlace, b: TidePlace): number =>
  order.indexOf(a.group) - order.indexOf(b.group) || compareLowest(a.inRangePercent, b.inRangePercent);
