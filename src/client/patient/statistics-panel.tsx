import { Paper } from "@mantine/core";
import { useMemo } from "react";
import type { Band } from "#glucose/bands.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { gmi2026Percent } from "#glucose/gmi.ts";
import { griOf, griZone } from "#glucose/gri.ts";
import { isWholeLocalDays, localDays } from "#glucose/local-time.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { formatActiveShare, formatCv, formatJudged } from "#glucose/shares.ts";
import { isStable, statisticsOf, sufficiencyOf } from "#glucose/statistics.ts";
import { minuteMs } from "#glucose/time.ts";
import { formatGlucose } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { localeOf } from "../ui/time.ts";
import { GriGrid } from "./gri-grid.tsx";
import { PanelTitle } from "./panel-title.tsx";
import { Statistic } from "./statistic.tsx";
import classes from "./statistics.module.css";
import type { PeriodData } from "./use-period-data.ts";

/** Mean, GMI, CV, SD, GRI and how much data there is, each with its definition and what it rests on. */
export function StatisticsPanel({
  timeIn,
  ...basis
}: PeriodData & { timeIn: Readonly<Record<Band, number>> }) {
  const t = useMessages("patient", "page");
  const define = useMessages("patient", "definitions");
  const { unit, language } = usePreferences();
  const { statistics, readings, startMs, endMs, timeZone, targets } = basis;
  const { meanMmolL, sdMmolL, gmiPercent, cvPercent, activeShare, n, expected, spacingsMs } = statistics;
  const { isLongEnough, isDenseEnough } = sufficiencyOf(statistics, endMs - startMs);
  const glucose = (value: number | null) => (value === null ? null : formatGlucose(value, unit));
  const days = useMemo(() => {
    const all = localDays(startMs, endMs, timeZone);
    const worn = all.filter(
      (day) => firstAtOrAfter(readings, day.startMs) < firstAtOrAfter(readings, day.endMs),
    );
    const isWhole = isWholeLocalDays({ startMs, endMs }, timeZone);
    return { withData: worn.length, all: all.length, isWhole };
  }, [readings, startMs, endMs, timeZone]);
  // The index is defined on the ranges of most adults, whatever this patient's own targets are.
  const gri = useMemo(() => {
    const isUsual = targets.edges.low === edgesMmolL.low && targets.edges.high === edgesMmolL.high;
    const usual = isUsual ? timeIn : statisticsOf(readings, { startMs, endMs }, edgesMmolL).timeIn;
    return usual && griOf(usual);
  }, [readings, startMs, endMs, targets, timeIn]);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="metrics">
      <PanelTitle id="metrics" name={t("metrics")} basis={basis} />
      <dl className={classes.statistics}>
        <Statistic
          name={t("mean")}
          value={glucose(meanMmolL)}
          unit={unit}
          definition={define("mean")}
          basis={basis}
        />
        <Statistic
          name={t("gmi")}
          value={gmiPercent?.toFixed(1) ?? null}
          unit={t("gmiOf2018")}
          also={
            meanMmolL === null ? null : { value: gmi2026Percent(meanMmolL).toFixed(1), unit: t("gmiOf2026") }
          }
          note={t("gmiNote")}
          definition={define("gmi")}
          basis={basis}
        />
        <Statistic
          name={t("cv")}
          value={cvPercent === null ? null : formatCv(cvPercent)}
          unit="%"
          note={
            cvPercent !== null &&
            t(!isLongEnough || !isDenseEnough ? "cvOpen" : isStable(cvPercent) ? "cvStable" : "cvUnstable")
          }
          definition={define("cv")}
          basis={basis}
        />
        <Statistic
          name={t("sd")}
          value={glucose(sdMmolL)}
          unit={unit}
          definition={define("sd")}
          basis={basis}
        />
        <Statistic
          name={t("active")}
          value={formatActiveShare(activeShare)}
          unit="%"
          note={t("ofExpected", { n, expected })}
          definition={define("active", {
            minutes: new Intl.ListFormat(localeOf(language)).format(
              spacingsMs.map((spacingMs) => String(spacingMs / minuteMs)),
            ),
          })}
          basis={basis}
        />
        <Statistic
          name={t("days")}
          value={t("daysValue", { n: days.withData, count: days.all })}
          unit={t("daysOf", { count: days.all })}
          note={!days.isWhole && t("daysInPart")}
          definition={define("days")}
          basis={basis}
        />
        {gri && (
          <Statistic
            name={t("gri")}
            value={formatJudged(gri.value, 1, griZone)}
            unit={t("griZone", { zone: gri.zone })}
            note={<GriGrid gri={gri} />}
            definition={define("gri")}
            basis={basis}
          />
        )}
      </dl>
    </Paper>
  );
}
