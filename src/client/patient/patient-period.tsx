import { Alert, Button, Group, Paper, Switch, Text, Title } from "@mantine/core";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { isPlausible } from "#glucose/bands.ts";
import { episodesOf } from "#glucose/episodes.ts";
import { isOneLocalDay } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import { sufficiencyOf } from "#glucose/statistics.ts";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { GlucoseChart } from "../chart/glucose-chart.tsx";
import { partOf } from "../chart/view.ts";
import { useNow } from "../clock.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import print from "../ui/print.module.css";
import { Sheet } from "../ui/sheet.tsx";
import { StaleNotice, staleError } from "../ui/stale-notice.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import { formatAge, formatDate, formatDateTime } from "../ui/time.ts";
import { ChosenDayBar } from "./chosen-day.tsx";
import type { ComparisonChoice } from "./compare.tsx";
import { usePatientMessages } from "./messages.ts";
import classes from "./patient.module.css";
import {
  isSameWindow,
  isUpToDays,
  parsePeriod,
  parseWindow,
  periodAround,
  periodSearch,
  type Window,
} from "./period.ts";
import { PeriodPicker } from "./period-picker.tsx";
import type { PatientReadings } from "./queries.ts";
import { StatisticsPanel } from "./statistics-panel.tsx";
import { TargetsChoice } from "./targets-choice.tsx";
import { TimeInRanges } from "./time-in-ranges.tsx";
import { dayBeside, useChosenDay } from "./use-day.ts";
import { usePeriodData } from "./use-period-data.ts";
import { useWindowHistory } from "./use-window-history.ts";

const PatientDetails = lazy(() =>
  import("./patient-details.tsx").then((module) => ({ default: module.PatientDetails })),
);

const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The curve and the statistics of the period in the address, and all that is told of it below. */
export function PatientPeriod({ patient }: { patient: Patient }) {
  const t = usePatientMessages();
  const targetWords = useTargetWords();
  const { unit, language } = usePreferences();
  const [search, setSearch] = useSearchParams();
  const nowMs = useNow();
  const asked = parseWindow(search);
  const period = periodAround(parsePeriod(search), asked, nowMs, patient.timeZone);
  const { data, gaps, history, recent } = usePeriodData(patient, period, nowMs);
  const { readings, targets, statistics, startMs, endMs, extentEndMs, timeZone, asOfMs } = data;
  const chosen = useChosenDay(patient.id, asked, data, gaps, nowMs);
  const extent = chosen?.extent ?? { startMs, endMs: extentEndMs };
  const window = chosen ? asked : partOf(asked, extent);
  const [inViewerZone, setInViewerZone] = useState(false);
  const shownZone = inViewerZone ? viewerZone : timeZone;
  const [comparison, setComparison] = useState<ComparisonChoice>({ choice: null, days: null });

  const episodes = useMemo(
    () =>
      (["low", "high"] as const)
        .flatMap((kind) => episodesOf(readings, { startMs, endMs }, kind, targets.edges))
        .sort((a, b) => a.startMs - b.startMs),
    [readings, startMs, endMs, targets],
  );
  const twoSensorHours = useMemo(
    () => hoursOfTwoSensors(inWindow(readings, startMs, endMs)),
    [readings, startMs, endMs],
  );
  const curve = useRef<HTMLElement>(null);
  const setWindow = useWindowHistory(setSearch, asked !== null);
  // An address that asks for more than there is comes to say what the curve shows.
  const isAsShown = isSameWindow(asked, window);
  useEffect(() => {
    if (!isAsShown) setWindow(window);
  });
  const showWindow = useCallback(
    (shown: Window) => {
      const isDay = isOneLocalDay(shown, timeZone);
      setWindow(isDay ? shown : partOf(shown, { startMs, endMs: extentEndMs }));
      curve.current?.scrollIntoView({ block: "start" });
      curve.current?.querySelector<HTMLElement>("[role=slider]")?.focus({ preventScroll: true });
    },
    [setWindow, startMs, extentEndMs, timeZone],
  );
  const chosenDay = chosen?.day;
  const stepDay = (by: -1 | 1) => {
    const beside = chosenDay && dayBeside(chosenDay, by, timeZone, nowMs);
    if (beside) setWindow(beside);
  };
  const retry = () => {
    void history.refetch();
    void recent.refetch();
  };
  const notRead = history.error ?? recent.error ?? staleError(history.data) ?? staleError(recent.data);
  const { isLongEnough, isDenseEnough } = sufficiencyOf(statistics, endMs - startMs);
  const inPeriod = inWindow(readings, startMs, endMs);
  const hasWarmUp = inPeriod.some((reading) => reading.warmUp);
  const day = (timeMs: number) => formatDate(timeMs, shownZone, language);

  return (
    <>
      <div className={classes.controls}>
        <PeriodPicker
          key={timeZone}
          period={period}
          timeZone={timeZone}
          nowMs={nowMs}
          onChange={(chosen) => setSearch(periodSearch(chosen), { preventScrollReset: true })}
        />
        <TargetsChoice patient={patient} data={data} judged={isDenseEnough} />
        <Button variant="default" onClick={() => globalThis.print()} className={classes.printButton}>
          {t("print")}
        </Button>
      </div>
      {history.data && <StaleNotice error={notRead} dataUpdatedAtMs={asOfMs} onRetry={retry} />}
      {history.data ? (
        <div aria-busy={history.isPlaceholderData} className={classes.period}>
          <Sheet
            who={`${patient.name} · ${patient.partnerUid}`}
            what={`${formatDateTime(startMs, timeZone, language)} – ${formatDateTime(endMs, timeZone, language)} · ${timeZone}`}
            timeZone={timeZone}
          />
          <p className={`${print.printOnly} ${classes.printedFacts}`}>
            {t("printed", {
              from: formatDateTime(startMs, timeZone, language),
              to: formatDateTime(endMs, timeZone, language),
              zone: timeZone,
              asOf: formatDateTime(asOfMs, timeZone, language),
              targets: targetWords(patient.targets),
            })}
          </p>
          <div className={classes.glance}>
            <Paper
              withBorder
              p="md"
              component="section"
              aria-labelledby="curve"
              ref={curve}
              className={classes.curve}
              data-print={statistics.n > 0 && isUpToDays(data, 3, timeZone) ? "yes" : "no"}
            >
              <Group justify="space-between" gap="xs">
                <Title order={2} id="curve">
                  {t("curve", { from: day(startMs), to: day(endMs - 1) })}
                </Title>
                {viewerZone !== timeZone && (
                  <Switch
                    className={print.screenOnly ?? ""}
                    label={t("viewerZone", { zone: viewerZone })}
                    checked={inViewerZone}
                    onChange={(event) => setInViewerZone(event.currentTarget.checked)}
                  />
                )}
              </Group>
              {chosen && (
                <ChosenDayBar
                  targets={targets}
                  {...{ chosen, timeZone, nowMs }}
                  isLoading={history.isPlaceholderData}
                  onStep={stepDay}
                />
              )}
              {window && (
                <Group gap="xs">
                  {!chosen && (
                    <Text size="sm">
                      {t("shown", {
                        from: formatDateTime(window.startMs, shownZone, language),
                        to: formatDateTime(window.endMs, shownZone, language),
                      })}
                    </Text>
                  )}
                  <Button
                    variant="default"
                    size="compact-sm"
                    className={print.screenOnly}
                    onClick={() => setWindow(null)}
                  >
                    {t("showWhole")}
                  </Button>
                </Group>
              )}
              {inViewerZone && <Text size="sm">{t("viewerZoneNote", { zone: timeZone })}</Text>}
              {twoSensorHours > 1 && (
                <Alert color="orange" role="note" my="xs">
                  {t("twoSensors", { count: twoSensorHours })}
                </Alert>
              )}
              <GlucoseChart
                {...{ episodes, unit, nowMs, window, extent }}
                readings={chosen?.readings ?? readings}
                gaps={chosen?.gaps ?? gaps}
                onWindow={setWindow}
                onStepDay={chosen ? stepDay : undefined}
                edges={targets.edges}
                timeZone={shownZone}
              />
              {history.isPlaceholderData && <Text role="status">{t("loadingPeriod")}</Text>}
              {!history.isPlaceholderData && statistics.n === 0 && (
                <Text role="status">{t(hasWarmUp ? "onlyWarmUp" : "noneInPeriod")}</Text>
              )}
              <LeftOut data={history.data} readings={inPeriod} timeZone={shownZone} />
              <Text size="sm" c="dimmed" className={print.screenOnly}>
                {t("asOf", { age: formatAge(nowMs - asOfMs, language) })}
              </Text>
            </Paper>
            {!history.isPlaceholderData && statistics.timeIn && (
              <div className={classes.numbers}>
                {(!isLongEnough || !isDenseEnough) && (
                  <Text role="note" fw={isDenseEnough ? undefined : 600}>
                    {!isLongEnough && t("shortPeriod")} {!isDenseEnough && t("littleData")}
                  </Text>
                )}
                <TimeInRanges {...data} timeIn={statistics.timeIn} judged={isDenseEnough} />
              </div>
            )}
          </div>
          {!history.isPlaceholderData && statistics.timeIn && (
            <StatisticsPanel {...data} timeIn={statistics.timeIn} />
          )}
          {!history.isPlaceholderData && statistics.n > 0 && (
            <Suspense fallback={<Loading height={320} />}>
              <PatientDetails
                {...{ patient, data, gaps, shownZone, nowMs, comparison }}
                onComparison={setComparison}
                shown={chosen?.span ?? window ?? data}
                shownReadings={chosen?.readings ?? readings}
                onShow={showWindow}
              />
            </Suspense>
          )}
        </div>
      ) : history.error ? (
        <Failure error={history.error} title={t("readingsFailed")} onRetry={retry} />
      ) : (
        <Loading height={480} label={t("loadingPeriod")} />
      )}
    </>
  );
}

/** Records that are not in the curve are counted aloud, and parts that could not be read are named. */
function LeftOut({
  data,
  readings,
  timeZone,
}: {
  data: PatientReadings;
  /** Those of the period. */
  readings: readonly Reading[];
  timeZone: string;
}) {
  const t = usePatientMessages();
  const { language } = usePreferences();
  const { malformed, duplicates, contradicting } = data.leftOut;
  const implausible = readings.filter(({ valueMmolL }) => !isPlausible(valueMmolL)).length;
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  return (
    <>
      {data.unread.map(({ startMs, endMs }) => (
        <Alert key={startMs} color="red" role="status">
          {t("unread", { from: at(startMs), to: at(endMs) })}
        </Alert>
      ))}
      {malformed > 0 && <Text fw={600}>{t("leftOut", { count: malformed })}</Text>}
      {contradicting > 0 && <Text fw={600}>{t("contradicting", { count: contradicting })}</Text>}
      {implausible > 0 && <Text fw={600}>{t("implausible", { count: implausible })}</Text>}
      {duplicates > 0 && (
        <Text size="sm" c="dimmed">
          {t("duplicates", { count: duplicates })}
        </Text>
      )}
    </>
  );
}
