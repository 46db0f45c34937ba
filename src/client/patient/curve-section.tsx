import { Alert, Button, Group, Paper, Switch, Text, Title } from "@mantine/core";
import { type Ref, useMemo } from "react";
import type { Episode } from "#glucose/episodes.ts";
import type { Gap } from "#glucose/gaps.ts";
import { inWindow } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import type { PatientReadings } from "../api/readings.ts";
import { ChartSummary } from "../chart/chart-summary.tsx";
import { GlucoseChart } from "../chart/glucose-chart.tsx";
import type { CursorHandle } from "../chart/use-cursor.ts";
import { useMessages } from "../i18n.ts";
import { useIsOut } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import print from "../ui/print.module.css";
import { formatAge, formatDate, formatDateTime } from "../ui/time.ts";
import { ChosenDayBar } from "./chosen-day.tsx";
import { LeftOut } from "./left-out.tsx";
import classes from "./patient.module.css";
import { isUpToDays } from "./period.ts";
import type { ChosenDay } from "./use-day.ts";
import type { PeriodData } from "./use-period-data.ts";

const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The period's curve, which part of it is shown and in whose time, and what of the platform's records is not in it. */
export function CurveSection({
  ref,
  cursor,
  data,
  period,
  chosen,
  window,
  gaps,
  episodes,
  nowMs,
  shownZone,
  isLoading,
  onOtherZone,
  onWindow,
  onStepDay,
  onCompareSince,
}: {
  ref: Ref<HTMLElement>;
  /** Of its chart. */
  cursor: Ref<CursorHandle>;
  data: PeriodData;
  period: PatientReadings;
  chosen: ChosenDay | null;
  window: Span | null;
  gaps: readonly Gap[];
  episodes: readonly Episode[];
  nowMs: number;
  /** The patient's time zone, or the viewer's. */
  shownZone: string;
  /** Another period is shown until this one has come. */
  isLoading: boolean;
  onOtherZone: (timeZone: string | null) => void;
  onWindow: (window: Span | null) => void;
  onStepDay: (by: -1 | 1) => void;
  onCompareSince: (date: string) => void;
}) {
  const t = useMessages("patient", "page");
  const isOut = useIsOut();
  const { unit, language } = usePreferences();
  const { readings, targets, statistics, startMs, endMs, extentEndMs, timeZone, asOfMs } = data;
  const { startMs: fromMs, endMs: toMs } = chosen?.extent ?? { startMs, endMs: extentEndMs };
  const extent = useMemo(() => ({ startMs: fromMs, endMs: toMs }), [fromMs, toMs]);
  const inViewerZone = shownZone !== timeZone;
  const inPeriod = useMemo(() => inWindow(readings, startMs, endMs), [readings, startMs, endMs]);
  const twoSensorHours = useMemo(() => hoursOfTwoSensors(inPeriod), [inPeriod]);
  const hasWarmUp = inPeriod.some((reading) => reading.warmUp);
  const [before, between, after] = t("curve", { from: "|", to: "|" }).split("|");
  const day = (timeMs: number) => formatDate(timeMs, shownZone, language);

  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-labelledby="curve"
      ref={ref}
      className={classes.curve}
      data-print={statistics.n > 0 && isUpToDays(data, 3, timeZone) ? "yes" : "no"}
    >
      <Group justify="space-between" gap="xs">
        <Title order={2} id="curve">
          {chosen && window ? (
            t("curveDay", { day: formatDate(chosen.day.startMs, timeZone, language) })
          ) : (
            <>
              {before}
              <span className={classes.unbroken}>{day(startMs)}</span>
              {between}
              <span className={classes.unbroken}>{day(endMs - 1)}</span>
              {after}
            </>
          )}
        </Title>
        <ChartSummary
          window={window}
          extent={extent}
          unit={unit}
          readings={chosen?.readings ?? readings}
          gaps={chosen?.gaps ?? gaps}
          timeZone={shownZone}
        />
        {viewerZone !== timeZone && (
          <Switch
            className={print.screenOnly ?? ""}
            label={t("viewerZone", { zone: viewerZone })}
            checked={inViewerZone}
            onChange={(event) => onOtherZone(event.currentTarget.checked ? viewerZone : null)}
          />
        )}
      </Group>
      {chosen && (
        <ChosenDayBar
          chosen={chosen}
          timeZone={timeZone}
          nowMs={nowMs}
          isLoading={isLoading}
          onStep={onStepDay}
          onCompareSince={chosen.day.startMs > startMs && chosen.day.startMs < endMs ? onCompareSince : null}
        />
      )}
      {window && (
        <Group gap="xs">
          <Text size="sm">
            {chosen
              ? t("shownDay", {
                  from: formatDate(startMs, timeZone, language),
                  to: formatDate(endMs - 1, timeZone, language),
                })
              : t("shown", {
                  from: formatDateTime(window.startMs, shownZone, language),
                  to: formatDateTime(window.endMs, shownZone, language),
                })}
          </Text>
          <Button
            variant="default"
            size="compact-sm"
            className={print.screenOnly}
            onClick={() => onWindow(null)}
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
        ref={cursor}
        episodes={episodes}
        unit={unit}
        nowMs={nowMs}
        window={window}
        extent={extent}
        readings={chosen?.readings ?? readings}
        gaps={chosen?.gaps ?? gaps}
        onWindow={onWindow}
        onStepDay={chosen ? onStepDay : undefined}
        edges={targets.edges}
        timeZone={shownZone}
      />
      {isLoading && <Text>{t(isOut ? "periodAwaited" : "loadingPeriod")}</Text>}
      {!isLoading && statistics.n === 0 && <Text>{t(hasWarmUp ? "onlyWarmUp" : "noneInPeriod")}</Text>}
      {!isLoading && <LeftOut data={period} readings={inPeriod} timeZone={shownZone} />}
      <Text size="sm" c="dimmed" className={print.screenOnly}>
        {t("asOf", { age: formatAge(nowMs - asOfMs, language) })}
      </Text>
    </Paper>
  );
}
