import { Paper, Title } from "@mantine/core";
import { useMemo } from "react";
import type { Band } from "#glucose/bands.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { griOf } from "#glucose/gri.ts";
import { isWholeLocalDays, localDays } from "#glucose/local-time.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { wholePercent } from "#glucose/shares.ts";
import { isStable, statisticsOf } from "#glucose/statistics.ts";
import { formatGlucose } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { GriGrid } from "./gri-grid.tsx";
import { usePatientMessages } from "./messages.ts";
import { Statistic } from "./statistic.tsx";
import classes from "./statistics.module.css";
import type { PeriodData } from "./use-period-data.ts";

const minuteMs = 60_000;

/** Mean, GMI, CV, SD, GRI and how much data there is, each with its definition and what it rests on. */
export function StatisticsPanel({
  timeIn,
  ...basis
}: PeriodData & { timeIn: Readonly<Record<Band, number>> }) {
  const t = usePatientMessages();
  const { unit } = usePreferences();
  const { statistics, readings, startMs, endMs, timeZone, targets } = basis;
  const { meanMmolL, sdMmolL, gmiPercent, cvPercent, activeShare, n, expected, spacingMs } = statistics;
  const one = (value: number | null) => value?.toFixed(1) ?? null;
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
    const isUsual = targets.edges === edgesMmolL;
    const usual = isUsual ? timeIn : statisticsOf(readings, { startMs, endMs }).timeIn;
    return usual && griOf(usual);
  }, [readings, startMs, endMs, targets, timeIn]);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="metrics">
      <Title order={2} id="metrics">
        {t("metrics")}
      </Title>
      <dl className={classes.statistics}>
        <Statistic
          name={t("mean")}
          value={glucose(meanMmolL)}
          unit={unit}
          definition={t("defMean")}
          basis={basis}
        />
        <Statistic
          name={t("gmi")}
          value={one(gmiPercent)}
          unit="%"
          note={t("gmiNote")}
          definition={t("defGmi")}
          basis={basis}
        />
        <Statistic
          name={t("cv")}
          value={one(cvPercent)}
          unit="%"
          note={cvPercent !== null && t(isStable(cvPercent) ? "cvStable" : "cvUnstable")}
          definition={t("defCv")}
          basis={basis}
        />
        <Statistic
          name={t("sd")}
          value={glucose(sdMmolL)}
          unit={unit}
          definition={t("defSd")}
          basis={basis}
        />
        <Statistic
          name={t("active")}
          value={wholePercent(activeShare)}
          unit="%"
          note={t("activeNote", { n, expected })}
          definition={t("defActive", { minutes: spacingMs / minuteMs })}
          basis={basis}
        />
        <Statistic
          name={t("days")}
          value={String(days.withData)}
          unit={t("daysOf", { count: days.all })}
          note={!days.isWhole && t("daysInPart")}
          definition={t("defDays")}
          basis={basis}
        />
        {gri && (
          <Statistic
            name={t("gri")}
            value={gri.value.toFixed(0)}
            unit={t("griZone", { zone: gri.zone })}
            note={<GriGrid gri={gri} />}
            definition={t("defGri")}
            basis={basis}
          />
        )}
      </dl>
    </Paper>
  );
}
