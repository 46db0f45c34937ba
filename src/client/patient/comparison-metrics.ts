import type { Band } from "#glucose/bands.ts";
import { gmi2026Percent } from "#glucose/gmi.ts";
import { formatActiveShare, formatCv, formatShares, type ShownShares } from "#glucose/shares.ts";
import { gmiPercent, type Statistics } from "#glucose/statistics.ts";
import type { Goal, Targets } from "#glucose/targets.ts";
import { formatEdge, formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import type { Messages } from "#words/messages.ts";

/** A number that two stretches of time are held against each other by. */
export interface Metric {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly goal?: Goal | undefined;
  /** The share that a goal is set for, 0 to 1. */
  readonly share?: (s: Statistics) => number | null;
  /** As the statistics above show it. */
  readonly text: (s: Statistics) => string | null;
  /** Left out where a side has too little data. */
  readonly needsEnough?: boolean;
}

export interface ComparisonWords {
  t: Messages<"details">;
  names: Messages<"patient", "page">;
  unit: GlucoseUnit;
}

/** The bands and their sums, from the highest down. */
function shareMetrics({ edges, goals }: Targets, { names, unit }: ComparisonWords): Metric[] {
  const share = (key: keyof ShownShares, name: string, parts: readonly Band[], goal?: Goal): Metric => ({
    key,
    name,
    goal,
    unit: "%",
    share: ({ timeIn }) => timeIn && parts.reduce((sum, band) => sum + timeIn[band], 0),
    text: ({ timeIn }) => timeIn && formatShares(timeIn, goals)[key],
  });
  const band = (of: Band, goal?: Goal) => share(of, names(`bandName.${of}`), [of], goal);
  const above = names("allAbove", { edge: formatEdge(edges.high, unit) });
  const below = names("allBelow", { edge: formatEdge(edges.low, unit) });
  return [
    band("very-high", goals.veryHigh),
    band("high"),
    share("above", above, ["high", "very-high"], goals.aboveRange),
    band("in-range", goals.inRange),
    share("below", below, ["low", "very-low"], goals.belowRange),
    band("low"),
    band("very-low", goals.veryLow),
  ];
}

/** All that is compared, in the order of the table. */
export function metricsOf(targets: Targets, words: ComparisonWords): Metric[] {
  const { t, names, unit } = words;
  const gmi = (year: string, of: (meanMmolL: number) => number): Metric => ({
    key: `gmi ${year}`,
    name: t("gmiOf", { year }),
    unit: "%",
    needsEnough: true,
    text: ({ meanMmolL }) => (meanMmolL === null ? null : of(meanMmolL).toFixed(1)),
  });
  return [
    ...shareMetrics(targets, words),
    {
      key: "mean",
      name: names("mean"),
      unit,
      text: ({ meanMmolL }) => (meanMmolL === null ? null : formatGlucose(meanMmolL, unit)),
    },
    gmi("2018", gmiPercent),
    gmi("2026", gmi2026Percent),
    {
      key: "cv",
      name: names("cv"),
      unit: "%",
      text: ({ cvPercent }) => (cvPercent === null ? null : formatCv(cvPercent)),
    },
    {
      key: "active",
      name: names("active"),
      unit: "%",
      text: ({ activeShare }) => formatActiveShare(activeShare),
    },
    { key: "n", name: t("readings"), unit: "", text: ({ n }) => String(n) },
  ];
}
