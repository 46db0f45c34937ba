import { Paper, Title } from "@mantine/core";
import { isStable } from "#glucose/statistics.ts";
import { formatGlucose } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { usePatientMessages } from "./messages.ts";
import classes from "./patient.module.css";
import { type Basis, Statistic, wholePercent } from "./statistic.tsx";

const minuteMs = 60_000;

/** Mean, GMI, CV, SD and the share of data, each with its definition and what it rests on. */
export function StatisticsPanel(basis: Basis) {
  const t = usePatientMessages();
  const { unit } = usePreferences();
  const { statistics } = basis;
  const { meanMmolL, sdMmolL, gmiPercent, cvPercent, activeShare, n, expected, spacingMs } = statistics;
  const one = (value: number | null) => value?.toFixed(1) ?? null;
  const glucose = (value: number | null) => (value === null ? null : formatGlucose(value, unit));
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
      </dl>
    </Paper>
  );
}
