import { Button, Text } from "@mantine/core";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { episodesOf } from "#glucose/episodes.ts";
import { isOneLocalDay, type LocalDay } from "#glucose/local-time.ts";
import { formatActiveShare } from "#glucose/shares.ts";
import { isDense, sufficiencyOf } from "#glucose/statistics.ts";
import type { Span } from "#glucose/time.ts";
import type { Period } from "../api/readings.ts";
import type { CursorHandle } from "../chart/use-cursor.ts";
import { partOf } from "../chart/view.ts";
import type { Place } from "../chart/walk.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { useIsOut } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import print from "../ui/print.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { StaleNotice, staleError } from "../ui/stale-notice.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import { formatDateTime, withZone } from "../ui/time.ts";
import { useAnnouncement } from "../ui/use-announcement.ts";
import { type ComparisonChoice, comparisonSearch, parseComparison } from "./compare-sides.ts";
import { CurveSection } from "./curve-section.tsx";
import classes from "./patient.module.css";
import { isSameWindow, parsePeriod, parseWindow, periodAround, periodSearch } from "./period.ts";
import { PeriodPicker } from "./period-picker.tsx";
import { PeriodSkeleton } from "./period-skeleton.tsx";
import { StatisticsPanel } from "./statistics-panel.tsx";
import { TargetsChoice } from "./targets-choice.tsx";
import { TimeInRanges } from "./time-in-ranges.tsx";
import { dayBeside, useChosenDay } from "./use-day.ts";
import { useHeldPeriod } from "./use-held-period.ts";
import { usePeriodData } from "./use-period-data.ts";
import { useWindowHistory } from "./use-window-history.ts";

const loadDetails = () => import("./patient-details.tsx");
const PatientDetails = lazy(async () => ({ default: (await loadDetails()).PatientDetails }));

/** Once every section below the curve stands there. */
async function printWhole(): Promise<void> {
  await loadDetails();
  requestAnimationFrame(() => requestAnimationFrame(() => globalThis.print()));
}

/** The curve and the statistics of the period in the address, and the sections below. */
export function PatientPeriod({ patient }: { patient: Patient }) {
  const t = useMessages("patient", "page");
  const targetWords = useTargetWords();
  const { language } = usePreferences();
  const [search, setSearch] = useSearchParams();
  const nowMs = useNow();
  const asked = parseWindow(search);
  const wanted = periodAround(parsePeriod(search), asked, nowMs, patient.timeZone);
  const { period, isHeld, error: missed, retry: retryMissed } = useHeldPeriod(patient.id, wanted);
  const { data, gaps, history, recent, areLivesPending } = usePeriodData(patient, period, nowMs);
  const { readings, targets, statistics, startMs, endMs, extentEndMs, timeZone, asOfMs } = data;
  const chosen = useChosenDay(patient.id, asked, data, gaps, nowMs);
  const window = chosen ? asked : partOf(asked, { startMs, endMs: extentEndMs });
  /** The viewer's, while it is shown instead of the patient's. */
  const [otherZone, setOtherZone] = useState<string | null>(null);
  const shownZone = otherZone ?? timeZone;
  const comparison = parseComparison(search);
  const compare = useCallback(
    (chosen: ComparisonChoice) =>
      setSearch(
        (now) => {
          const { compare: _, ...rest } = Object.fromEntries(now);
          return { ...rest, ...comparisonSearch(chosen) };
        },
        { replace: true, preventScrollReset: true },
      ),
    [setSearch],
  );

  const choosePeriod = (chosen: Period) =>
    setSearch({ ...periodSearch(chosen), ...comparisonSearch(comparison) }, { preventScrollReset: true });

  const episodes = useMemo(
    () =>
      (["low", "high"] as const)
        .flatMap((kind) => episodesOf(readings, { startMs, endMs }, kind, targets.edges))
        .sort((a, b) => a.startMs - b.startMs),
    [readings, startMs, endMs, targets],
  );
  const curve = useRef<HTMLElement>(null);
  const cursor = useRef<CursorHandle>(null);
  const setWindow = useWindowHistory(setSearch, asked !== null);
  // An address that asks for more than there is comes to say what the curve shows.
  const isAsShown = isSameWindow(asked, window);
  useEffect(() => {
    if (!isAsShown) setWindow(window);
  });
  const showWindow = useCallback(
    (shown: Span, place: Place) => {
      const isDay = isOneLocalDay(shown, timeZone);
      setWindow(isDay ? shown : partOf(shown, { startMs, endMs: extentEndMs }));
      curve.current?.scrollIntoView({ block: "start" });
      curve.current?.querySelector<HTMLElement>("[role=slider]")?.focus({ preventScroll: true });
      cursor.current?.choose(place);
    },
    [setWindow, startMs, extentEndMs, timeZone],
  );
  const chosenDay = chosen?.day;
  /** The cursor goes there once the day has been read: there is nothing to tell of it before. */
  const steppedTo = useRef<LocalDay | null>(null);
  const stepDay = (by: -1 | 1) => {
    const beside = chosenDay && dayBeside(chosenDay, by, timeZone, nowMs);
    if (!beside) return;
    setWindow(beside);
    steppedTo.current = beside;
  };
  useEffect(() => {
    const { current: day } = steppedTo;
    if (!day || day.startMs !== chosenDay?.startMs || chosen?.isReading) return;
    steppedTo.current = null;
    cursor.current?.choose({ level: "day", ...day });
  });
  const retry = () => {
    void history.refetch();
    void recent.refetch();
  };
  const isLoading = history.isPlaceholderData || areLivesPending;
  const isWaiting = isLoading || history.isPending;
  const isOut = useIsOut();
  const span = {
    from: formatDateTime(startMs, timeZone, language),
    to: withZone(formatDateTime(endMs, timeZone, language), timeZone, language),
  };
  useAnnouncement(
    isWaiting ? null : JSON.stringify(period),
    statistics.n === 0 ? t("noneInPeriod") : t("periodHeard", { ...span, count: statistics.n }),
  );
  const notRead =
    history.error ??
    recent.error ??
    staleError(history.data, history.dataUpdatedAt) ??
    staleError(recent.data, recent.dataUpdatedAt);
  const { isLongEnough, isDenseEnough } = sufficiencyOf(statistics, endMs - startMs);

  const notes = [
    ...(isLongEnough ? [] : [t("shortPeriod")]),
    ...(isDenseEnough
      ? []
      : [
          isDense(statistics.activeShare)
            ? t("littleCovered", { share: formatActiveShare(statistics.coveredShare) })
            : t("littleData"),
        ]),
  ];

  return (
    <>
      <div className={classes.controls}>
        <PeriodPicker
          key={timeZone}
          period={wanted}
          timeZone={timeZone}
          nowMs={nowMs}
          onChange={choosePeriod}
        />
        <TargetsChoice patient={patient} data={data} judged={isDenseEnough} />
        <Button
          variant="default"
          loading={isWaiting && !isOut}
          disabled={isWaiting && isOut}
          onClick={() => void printWhole()}
          className={classes.printButton}
        >
          {t("action.print")}
        </Button>
      </div>
      {isHeld &&
        (isOut ? (
          <Text role="status" mb="sm">
            {t("heldAwaited", span)}
          </Text>
        ) : (
          <Failure error={missed} title={t("heldShown", span)} onRetry={retryMissed} />
        ))}
      {history.data && <StaleNotice error={notRead} dataUpdatedAtMs={asOfMs} onRetry={retry} />}
      {history.data ? (
        <div aria-busy={isLoading} className={classes.period}>
          {isLoading && <p className={print.printOnly}>{t("printedTooSoon")}</p>}
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
            <CurveSection
              ref={curve}
              cursor={cursor}
              data={data}
              chosen={chosen}
              window={window}
              gaps={gaps}
              episodes={episodes}
              nowMs={nowMs}
              shownZone={shownZone}
              period={history.data}
              isLoading={isLoading}
              onOtherZone={setOtherZone}
              onWindow={setWindow}
              onStepDay={stepDay}
              onCompareSince={(since) => compare({ choice: "since", days: null, since })}
            />
            {!isLoading && statistics.timeIn && (
              <div className={classes.numbers}>
                <TimeInRanges
                  {...data}
                  timeIn={statistics.timeIn}
                  judged={isDenseEnough}
                  note={notes.length > 0 && <Sentences>{notes}</Sentences>}
                />
              </div>
            )}
          </div>
          {!isLoading && statistics.timeIn && <StatisticsPanel {...data} timeIn={statistics.timeIn} />}
          {!isLoading && statistics.n > 0 && (
            <Suspense
              fallback={
                <>
                  <p className={print.printOnly}>{t("printedInPart")}</p>
                  <Loading height={320} />
                </>
              }
            >
              <PatientDetails
                patient={patient}
                data={data}
                gaps={gaps}
                shownZone={shownZone}
                nowMs={nowMs}
                comparison={comparison}
                onComparison={compare}
                onPeriod={choosePeriod}
                shown={chosen?.span ?? window ?? data}
                shownReadings={chosen?.readings ?? readings}
                onShow={showWindow}
              />
            </Suspense>
          )}
        </div>
      ) : history.error ? (
        <Failure isAnswer error={history.error} title={t("readingsFailed")} onRetry={retry} />
      ) : (
        <PeriodSkeleton />
      )}
    </>
  );
}
