import { type Band, edgesMmolL, tightRangeMaxMmolL } from "#glucose/bands.ts";
import { formatRanges } from "#glucose/ranges.ts";
import { formatShare, formatShares, type ShownShares } from "#glucose/shares.ts";
import type { Goal, Targets } from "#glucose/targets.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import type { Messages } from "#words/messages.ts";
import type { PeriodData } from "./period-data.ts";

/** A band, or all above or below the range, with its share and goal. */
export interface RangeRow {
  readonly key: Band | "above" | "below";
  readonly name: string;
  /** What clinicians call it in every language. */
  readonly abbreviation?: string;
  readonly range: string | null;
  readonly percent: string;
  readonly goal?: Goal | undefined;
  readonly share: number;
  /** Null of a sum. */
  readonly band: Band | null;
}

interface Words {
  t: Messages<"patient", "page">;
  unit: GlucoseUnit;
}

export type TimeIn = Readonly<Record<Band, number>>;

/** From the highest band down, each sum between its parts and the range. */
function rangeRows(timeIn: TimeIn, shown: ShownShares, { edges, goals }: Targets, words: Words): RangeRow[] {
  const { t, unit } = words;
  const ranges = formatRanges(edges, unit);
  const of = (band: Band, goal?: Goal): RangeRow => ({
    key: band,
    name: t(`bandName.${band}`),
    range: ranges[band],
    percent: shown[band],
    share: timeIn[band],
    band,
    goal,
  });
  const above: RangeRow = {
    key: "above",
    abbreviation: "TAR",
    name: t("allAbove", { edge: formatEdge(edges.high, unit) }),
    range: null,
    percent: shown.above,
    share: timeIn.high + timeIn["very-high"],
    band: null,
    goal: goals.aboveRange,
  };
  const below: RangeRow = {
    key: "below",
    abbreviation: "TBR",
    name: t("allBelow", { edge: formatEdge(edges.low, unit) }),
    range: null,
    percent: shown.below,
    share: timeIn.low + timeIn["very-low"],
    band: null,
    goal: goals.belowRange,
  };
  return [
    of("very-high", goals.veryHigh),
    of("high"),
    above,
    { ...of("in-range", goals.inRange), abbreviation: "TIR" },
    below,
    of("low"),
    of("very-low", goals.veryLow),
  ];
}

/** The ranges as rows, and the share of the tight range where it is not left out. */
export function timeInRangesView(
  { targets, statistics: { timeInTightRange: tight } }: Pick<PeriodData, "targets" | "statistics">,
  timeIn: TimeIn,
  words: Words,
) {
  const shown = formatShares(timeIn, targets.goals);
  const from = formatEdge(edgesMmolL.low, words.unit);
  const to = formatEdge(tightRangeMaxMmolL, words.unit);
  return {
    rows: rangeRows(timeIn, shown, targets, words),
    tight:
      tight === null
        ? null
        : {
            name: words.t("tight", { from, to }),
            // Where nothing lies between the tight range and this one, the two are one number.
            percent: tight === timeIn["in-range"] ? shown["in-range"] : formatShare(tight),
          },
  };
}

/** "> 70 %" or "< 4 %". */
export const goalWords = (goal: Goal, t: Messages<"patient", "page">): string =>
  "min" in goal ? `> ${t("percent", { value: goal.min })}` : `< ${t("percent", { value: goal.max })}`;
