import { edgesMmolL } from "#glucose/bands.ts";
import { gmi2026Percent } from "#glucose/gmi.ts";
import { type Gri, griOf, griZone } from "#glucose/gri.ts";
import { isWholeLocalDays, localDays } from "#glucose/local-time.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { formatActiveShare, formatCv, formatJudged } from "#glucose/shares.ts";
import { isStable, statisticsOf, sufficiencyOf } from "#glucose/statistics.ts";
import { minuteMs } from "#glucose/time.ts";
import { formatGlucose } from "#glucose/units.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import type { Preferences } from "#words/preferences.ts";
import { localeOf } from "#words/time.ts";
import { daysIn, type PeriodData } from "./period-data.ts";

/** A number as it is shown. */
export interface ShownStatistic {
  readonly key: string;
  readonly name: string;
  readonly value: string | null;
  readonly unit: string;
  /** The same by another method, beside it. */
  readonly also?: { readonly value: string; readonly unit: string } | null;
  readonly note?: string | null;
  readonly definition: string;
}

interface Words extends Preferences {
  t: Messages<"patient", "page">;
  define: Messages<"details", "definitions">;
}

/** How many of the period's days have a reading, of how many, and whether they are whole. */
function daysOf({ readings, startMs, endMs, timeZone }: PeriodData) {
  const all = localDays(startMs, endMs, timeZone);
  const worn = all.filter(
    (day) => firstAtOrAfter(readings, day.startMs) < firstAtOrAfter(readings, day.endMs),
  );
  return { n: worn.length, count: all.length, areWhole: isWholeLocalDays({ startMs, endMs }, timeZone) };
}

/** The index is defined on the ranges of most adults, whatever this patient's own targets are. */
export function griOfPeriod({ readings, startMs, endMs, targets, statistics }: PeriodData): Gri | null {
  const isUsual = targets.edges.low === edgesMmolL.low && targets.edges.high === edgesMmolL.high;
  const usual = isUsual ? statistics.timeIn : statisticsOf(readings, { startMs, endMs }, edgesMmolL).timeIn;
  return usual && griOf(usual);
}

/** Mean, GMI, CV, SD and how much data there is, in words. */
export function statisticsView(data: PeriodData, words: Words): ShownStatistic[] {
  const { t, define, unit } = words;
  const { meanMmolL, sdMmolL, gmiPercent } = data.statistics;
  const glucose = (value: number | null) => (value === null ? null : formatGlucose(value, unit));
  return [
    { key: "mean", name: t("mean"), value: glucose(meanMmolL), unit, definition: define("mean") },
    {
      key: "gmi",
      name: t("gmi"),
      value: gmiPercent?.toFixed(1) ?? null,
      unit: t("gmiOf2018"),
      also: meanMmolL === null ? null : { value: gmi2026Percent(meanMmolL).toFixed(1), unit: t("gmiOf2026") },
      note: t("gmiNote"),
      definition: define("gmi"),
    },
    variation(data, words),
    { key: "sd", name: t("sd"), value: glucose(sdMmolL), unit, definition: define("sd") },
    ...dataStatistics(data, words),
  ];
}

function variation(data: PeriodData, { t, define }: Words): ShownStatistic {
  const { statistics, timeZone } = data;
  const { cvPercent } = statistics;
  const { isLongEnough, isDenseEnough } = sufficiencyOf(statistics, daysIn(data, timeZone));
  const isJudged = isLongEnough && isDenseEnough;
  return {
    key: "cv",
    name: t("cv"),
    value: cvPercent === null ? null : formatCv(cvPercent),
    unit: "%",
    note:
      cvPercent === null ? null : t(!isJudged ? "cvOpen" : isStable(cvPercent) ? "cvStable" : "cvUnstable"),
    definition: define("cv"),
  };
}

/** The share of data, and the days that have any. */
function dataStatistics(data: PeriodData, { t, define, language }: Words): ShownStatistic[] {
  const { activeShare, n, expected, spacingsMs } = data.statistics;
  const days = daysOf(data);
  const minutes = spacingsMs.map((spacingMs) => String(spacingMs / minuteMs));
  return [
    {
      key: "active",
      name: t("active"),
      value: formatActiveShare(activeShare),
      unit: "%",
      note: t("ofExpected", { n, expected }),
      definition: define("active", { minutes: new Intl.ListFormat(localeOf(language)).format(minutes) }),
    },
    {
      key: "days",
      name: t("days"),
      value: t("daysValue", { n: days.n, count: days.count }),
      unit: t("daysOf", { count: days.count }),
      note: days.areWhole ? null : t("daysInPart"),
      definition: define("days"),
    },
  ];
}

/** Where a person stands between lows and highs. */
export const griWords = ({ hypoPercent, hyperPercent, zone }: Gri, t: Words["t"]): string =>
  t("griGrid", { hypo: hypoPercent.toFixed(1), hyper: hyperPercent.toFixed(1), zone });

/** The risk index and its zone. */
export const griStatistic = (gri: Gri, { t, define }: Pick<Words, "t" | "define">): ShownStatistic => ({
  key: "gri",
  name: t("gri"),
  value: formatJudged(gri.value, 1, griZone),
  unit: t("griZone", { zone: gri.zone }),
  definition: define("gri"),
});

/** What stands behind a number; in Chinese a per cent sign stands close to it, and so does a word. */
export const unitAfter = (unit: string, language: Language): string =>
  language === "en" || /^[a-z]/i.test(unit) ? ` ${unit}`.replace(/^ (?=%|m)/, "\u00a0") : unit;
