import { localDateOf } from "#glucose/local-time.ts";
import { type Statistics, statisticsOf, sufficiencyOf } from "#glucose/statistics.ts";
import { type Goal, meetsGoal } from "#glucose/targets.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { daysIn } from "#report/patient/period-data.ts";
import type { Language } from "#words/language.ts";
import { formatDateTime, formatDuration, formatShortDateTime } from "#words/time.ts";
import { type Shortfall, type Side, shortfallOf } from "./compare-sides.ts";
import { type ComparisonWords, type Metric, metricsOf } from "./comparison-metrics.ts";
import type { Compared } from "./use-comparison.ts";

/** One side with its numbers and whether they can be judged. */
export interface ShownSide extends Side {
  /** Its ends in words. */
  readonly from: string;
  readonly to: string;
  readonly statistics: Statistics;
  readonly shortfall: Shortfall | null;
  readonly isLongEnough: boolean;
  readonly isDenseEnough: boolean;
  readonly isJudged: boolean;
}

/** A number of one side; the verdict is null where its goal, if there is one, is not judged. */
export interface ComparedCell {
  readonly text: string;
  readonly meets: boolean | null;
}

export interface ComparedRow {
  readonly key: string;
  readonly name: string;
  readonly goal: Goal | undefined;
  /** As many as there are sides, the earlier one first. */
  readonly cells: readonly [ComparedCell, ComparedCell];
  readonly difference: string;
}

interface ShownIn extends Pick<PeriodData, "targets" | "lives" | "timeZone"> {
  /** Whose times are shown. */
  shownZone: string;
  nowMs: number;
  language: Language;
}

/** The two sides, the earlier on the left. */
export function shownSides({ own, other }: Compared, shownIn: ShownIn): [ShownSide, ShownSide] {
  const { targets, lives, timeZone, shownZone, nowMs, language } = shownIn;
  const yearOf = (timeMs: number) => localDateOf(timeMs, shownZone).slice(0, 4);
  const isThisYear = [own, other].every(({ side }) => yearOf(side.startMs) === yearOf(nowMs));
  const at = (timeMs: number) =>
    (isThisYear ? formatShortDateTime : formatDateTime)(timeMs, shownZone, language);
  const shown = ({ side, readings }: Compared["own"]): ShownSide => {
    const { startMs, endMs } = side;
    const statistics = statisticsOf(readings, side, targets.edges, lives);
    const shortfall = shortfallOf(side, statistics);
    const enough = sufficiencyOf(statistics, daysIn(side, timeZone));
    return {
      ...side,
      ...enough,
      from: at(startMs),
      to: at(endMs - 1),
      statistics,
      shortfall,
      isJudged: enough.isDenseEnough && !shortfall,
    };
  };
  return other.side.startMs < own.side.startMs ? [shown(other), shown(own)] : [shown(own), shown(other)];
}

const decimalsOf = (text: string) => text.split(".")[1]?.length ?? 0;

/** Of two numbers as they are shown, so that the row adds up; with its sign. */
function difference(a: string, b: string): string {
  const text = (Number(a) - Number(b)).toFixed(Math.max(decimalsOf(a), decimalsOf(b)));
  const sign = Number(text) > 0 ? "+" : Number(text) < 0 ? "−" : "±";
  return sign + text.replace("-", "");
}

/** Every number of both sides and, unless a side has too little data for that, by how much they differ. */
export function comparedRows(
  sides: readonly [ShownSide, ShownSide],
  targets: PeriodData["targets"],
  words: ComparisonWords,
): ComparedRow[] {
  const { t, names } = words;
  const isWithheld = sides.some(({ shortfall }) => shortfall);
  const textOf = ({ text, needsEnough }: Metric, { statistics, shortfall }: ShownSide) =>
    needsEnough && shortfall ? null : text(statistics);
  const cellOf = (metric: Metric, side: ShownSide): ComparedCell => {
    const { goal, share, unit } = metric;
    const value = textOf(metric, side);
    const own = share?.(side.statistics) ?? null;
    return {
      text: value === null ? "–" : unit === "%" ? names("percent", { value }) : `${value}\u00a0${unit}`,
      meets: goal && own !== null && side.isJudged ? meetsGoal(own, goal) : null,
    };
  };
  return metricsOf(targets, words).map((metric) => {
    const [earlier, later] = sides;
    const [a, b] = [textOf(metric, earlier), textOf(metric, later)];
    const by = isWithheld || a === null || b === null ? null : difference(b, a);
    return {
      key: metric.key,
      name: metric.name,
      goal: metric.goal,
      cells: [cellOf(metric, earlier), cellOf(metric, later)],
      difference: by === null ? "–" : `${by}\u00a0${metric.unit === "%" ? t("points") : metric.unit}`,
    };
  });
}

/** Why GMI and differences are left out; nothing where they are not. */
export function whyWithheld(
  sides: readonly ShownSide[],
  { t, language }: { t: ComparisonWords["t"]; language: Language },
): string[] {
  const reasons = sides.flatMap(({ startMs, endMs, from, to, sensor, shortfall, statistics }) => {
    if (!shortfall) return [];
    const lengthMs = endMs - startMs;
    const serial = sensor?.serial ?? "";
    if (shortfall === "piece") return [t("piece", { duration: formatDuration(lengthMs, language), serial })];
    const duration = formatDuration(lengthMs * statistics.activeShare, language);
    return [sensor ? t("littleOfSensor", { duration, serial }) : t("littleOfDays", { duration, from, to })];
  });
  return reasons.length > 0 ? [...reasons, t("withheld")] : [];
}
