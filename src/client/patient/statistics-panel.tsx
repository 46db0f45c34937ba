import { type ReactNode, useMemo } from "react";
import type { PeriodData } from "#report/patient/period-data.ts";
import {
  griOfPeriod,
  griStatistic,
  type ShownStatistic,
  statisticsView,
} from "#report/patient/statistics-view.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { type Fact, Facts } from "../ui/facts.tsx";
import { GriGrid } from "./gri-grid.tsx";
import { PeriodSection } from "./period-section.tsx";
import { Explain } from "./statistic.tsx";
import { StatisticValue } from "./statistic-value.tsx";
import classes from "./statistics.module.css";

/** Mean, GMI, CV, SD, GRI and how much data there is, each with its definition and what it rests on. */
export function StatisticsPanel({ data }: { data: PeriodData }) {
  const t = useMessages("patient", "page");
  const define = useMessages("details", "definitions");
  const { unit, language } = usePreferences();
  const shown = useMemo(
    () => statisticsView(data, { t, define, unit, language }),
    [data, t, define, unit, language],
  );
  const gri = useMemo(() => griOfPeriod(data), [data]);
  const fact = ({
    key,
    name,
    definition,
    ...value
  }: Omit<ShownStatistic, "note"> & { note?: ReactNode }): Fact => ({
    key,
    name: (
      <>
        {name} <Explain name={name} definition={definition} basis={data} />
      </>
    ),
    value: <StatisticValue {...value} />,
  });
  const facts = shown.map(fact);
  if (gri) facts.push(fact({ ...griStatistic(gri, { t, define }), note: <GriGrid gri={gri} /> }));
  return (
    <PeriodSection id="metrics" name={t("metrics")} basis={data}>
      <Facts facts={facts} className={classes.statistics} />
    </PeriodSection>
  );
}
