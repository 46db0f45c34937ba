import type { PublishedPlace } from "#contract/worklist.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { formatJudged, formatShares, type ShownShares } from "#glucose/shares.ts";
import { targetsFor } from "#glucose/targets.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import type { Limit } from "#glucose/worklists/published.ts";
import { surfTideFirstRanks, surfTideFlags } from "#glucose/worklists/surf-tide.ts";
import { tideRules } from "#glucose/worklists/tide.ts";
import { tidepoolRulesOf } from "#glucose/worklists/tidepool.ts";
import { type ReasonContext, type ReasonSubject, rangeOf, type Words } from "./reason-words.ts";
import type { PublishedSort } from "./views.ts";

/** What a published rule looks at, on the edges that it has for everybody. */
export function measureWord(t: Words, measure: Limit["measure"], unit: GlucoseUnit): string {
  const { low, high, veryLow, veryHigh } = edgesMmolL;
  const edge = (valueMmolL: number) => formatEdge(valueMmolL, unit);
  switch (measure) {
    case "very-low":
      return t("below", { edge: edge(veryLow) });
    case "low":
      return t("lowOnly", { from: edge(veryLow), to: edge(low) });
    case "below-range":
      return t("below", { edge: edge(low) });
    case "in-range":
      return t("inRange", { range: rangeOf({ edges: edgesMmolL }, unit) });
    case "above-range":
      return t("above", { edge: edge(high) });
    case "very-high":
      return t("above", { edge: edge(veryHigh) });
    case "in-range-fall":
      return t("fall");
    case "worn":
      return t("worn");
  }
}

type OneRule = { readonly key: string; readonly limits: readonly Limit[] };

/** The rules of a published list that give its reasons. */
const rulesOf = (sort: PublishedSort, days: 1 | 7 | 14 | 30 = 14): readonly OneRule[] =>
  ({ tide: () => tideRules, "surf-tide": () => surfTideFlags, tidepool: () => tidepoolRulesOf(days) })[
    sort
  ]();

const sizeWord = (t: Words, { measure }: Limit, percent: number | string): string =>
  t(measure === "in-range-fall" ? "points" : "percent", { percent });

/** As a condition: "> 4 %", or "> 15 points". */
export const limitWord = (t: Words, limit: Limit): string =>
  `${{ ">": ">", ">=": "≥", "<": "<", "<=": "≤" }[limit.comparison]} ${sizeWord(t, limit, limit.percent)}`;

const flagged = {
  ">": "flaggedAbove",
  ">=": "flaggedFrom",
  "<": "flaggedBelow",
  "<=": "flaggedUpTo",
} as const;

const publishedRows: Partial<Record<Limit["measure"], keyof ShownShares>> = {
  "very-low": "very-low",
  low: "low",
  "below-range": "below",
  "in-range": "in-range",
  "above-range": "above",
  "very-high": "very-high",
};
const publishedLimits: readonly Limit[] = [tideRules, surfTideFlags, tidepoolRulesOf(14)].flatMap((rules) =>
  rules.flatMap(({ limits }): readonly Limit[] => limits),
);

/**
 * What a published list measured, the same in all of them, on its side of each of their limits. Of 14 days on edges that
 * are also the patient's own it is the share that their page shows.
 */
export function publishedValue(
  measure: Limit["measure"],
  percent: number,
  { worklist, targets }: Pick<ReasonSubject, "worklist" | "targets">,
): string {
  const limits = publishedLimits.filter((limit) => limit.measure === measure);
  const says = (value: number) => limits.map((limit) => Math.sign(value - limit.percent)).join();
  const own = targetsFor(targets);
  const isOwn = own.edges.low === edgesMmolL.low && own.edges.high === edgesMmolL.high;
  const row = publishedRows[measure];
  if (row && isOwn && worklist?.timeIn && worklist.published?.days === 14) {
    const onPage = formatShares(worklist.timeIn, own.goals)[row];
    if (says(Number(onPage)) === says(percent)) return onPage;
  }
  return formatJudged(percent, 1, says);
}

/** A reason of a published list: what it looks at, how much it is, and from where on it is flagged. */
export function publishedReasonText(
  { key, percent }: PublishedPlace["reasons"][number],
  sort: PublishedSort,
  row: Pick<ReasonSubject, "worklist" | "targets">,
  { t, unit }: Pick<ReasonContext, "t" | "unit">,
): string {
  const limit = rulesOf(sort).find((rule) => rule.key === key)?.limits[0];
  if (!limit) return key;
  return t("publishedReason", {
    what: measureWord(t, limit.measure, unit),
    value: sizeWord(t, limit, publishedValue(limit.measure, percent, row)),
    limit: t(flagged[limit.comparison], { limit: sizeWord(t, limit, limit.percent) }),
  });
}

/** What a group of a published list is called. */
export function groupWord(t: Words, group: string, sort: PublishedSort, unit: GlucoseUnit): string {
  if (group === "missing") return t(sort === "tide" ? "group-missing" : "group-missing-surf");
  const named = (["none", "first", "two-weeks", "others", "meeting-targets", "no-data"] as const).find(
    (name) => name === group,
  );
  if (named) return t(`group-${named}`, { ranks: surfTideFirstRanks });
  const limit = rulesOf(sort).find(({ key }) => key === group)?.limits[0];
  return limit
    ? t("group", { what: measureWord(t, limit.measure, unit), limit: limitWord(t, limit) })
    : group;
}
