import { Paper, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { inWindow, mergeReadings } from "#glucose/series.ts";
import { statisticsOf, sufficiencyOf } from "#glucose/statistics.ts";
import { GlucoseChart } from "../chart/glucose-chart.tsx";
import { useNow } from "../clock.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { StaleNotice } from "../ui/stale-notice.tsx";
import { formatAge, formatDate } from "../ui/time.ts";
import { usePatientMessages } from "./messages.ts";
import classes from "./patient.module.css";
import { parsePeriod, periodSearch, windowOf } from "./period.ts";
import { PeriodPicker } from "./period-picker.tsx";
import { type PatientReadings, patientQueries } from "./queries.ts";
import { StatisticsPanel } from "./statistics-panel.tsx";
import { TimeInRanges } from "./time-in-ranges.tsx";

/** The curve and the statistics of the period in the address. */
export function PatientPeriod({ patient }: { patient: Patient }) {
  const t = usePatientMessages();
  const { unit, language } = usePreferences();
  const [search, setSearch] = useSearchParams();
  const period = parsePeriod(search);
  const nowMs = useNow();
  const { startMs, endMs } = windowOf(period, nowMs);
  const { timeZone } = patient;

  const history = useQuery(patientQueries.history(patient.id, period));
  const recent = useQuery(patientQueries.recent(patient.id));
  const readings = useMemo(
    () => mergeReadings(history.data?.readings ?? [], recent.data?.readings ?? []),
    [history.data, recent.data],
  );
  // A range may reach into the future; statistics do not.
  const measuredTo = Math.min(endMs, Math.ceil(nowMs / 60_000) * 60_000);
  const statistics = useMemo(
    () => statisticsOf(readings, { startMs, endMs: measuredTo }),
    [readings, startMs, measuredTo],
  );
  const hasWarmUp = inWindow(readings, startMs, endMs).some((reading) => reading.warmUp);
  const { isLongEnough, isDenseEnough } = sufficiencyOf(statistics, measuredTo - startMs);
  const retry = () => {
    void history.refetch();
    void recent.refetch();
  };

  const asOfMs = Math.max(history.data?.asOfMs ?? 0, recent.data?.asOfMs ?? 0);
  const day = (timeMs: number) => formatDate(timeMs, timeZone, language);
  const basis = { statistics, startMs, endMs: measuredTo, timeZone, asOfMs };
  return (
    <>
      <PeriodPicker
        period={period}
        timeZone={timeZone}
        nowMs={nowMs}
        onChange={(chosen) => setSearch(periodSearch(chosen), { preventScrollReset: true })}
      />
      {history.data && (
        <StaleNotice error={history.error ?? recent.error} dataUpdatedAtMs={asOfMs} onRetry={retry} />
      )}
      {history.data ? (
        <div aria-busy={history.isPlaceholderData} className={classes.period}>
          <Paper withBorder p="md" component="section" aria-labelledby="curve">
            <Title order={2} id="curve">
              {t("curve", { from: day(startMs), to: day(measuredTo - 1) })}
            </Title>
            <GlucoseChart {...{ readings, startMs, endMs, timeZone, unit, nowMs }} />
            {history.isPlaceholderData && <Text role="status">{t("loadingPeriod")}</Text>}
            {!history.isPlaceholderData && statistics.n === 0 && (
              <Text role="status">{t(hasWarmUp ? "onlyWarmUp" : "noneInPeriod")}</Text>
            )}
            <LeftOut data={history.data} />
            <Text size="sm" c="dimmed">
              {t("asOf", { age: formatAge(nowMs - asOfMs, language) })}
            </Text>
          </Paper>
          {!history.isPlaceholderData && statistics.timeIn && (
            <>
              {(!isLongEnough || !isDenseEnough) && (
                <Text role="note" fw={isDenseEnough ? undefined : 600}>
                  {!isLongEnough && t("shortPeriod")} {!isDenseEnough && t("littleData")}
                </Text>
              )}
              <div className={classes.numbers}>
                <TimeInRanges {...basis} timeIn={statistics.timeIn} judged={isDenseEnough} />
                <StatisticsPanel {...basis} />
              </div>
            </>
          )}
        </div>
      ) : history.error ? (
        <Failure error={history.error} title={t("readingsFailed")} onRetry={retry} />
      ) : (
        <Skeleton height={480} aria-label={t("loadingPeriod")} />
      )}
    </>
  );
}

/** Records that are not in the curve are counted aloud. */
function LeftOut({ data }: { data: PatientReadings }) {
  const t = usePatientMessages();
  const { malformed, duplicates } = data.leftOut;
  return (
    <>
      {malformed > 0 && <Text fw={600}>{t("leftOut", { count: malformed })}</Text>}
      {duplicates > 0 && (
        <Text size="sm" c="dimmed">
          {t("duplicates", { count: duplicates })}
        </Text>
      )}
    </>
  );
}
