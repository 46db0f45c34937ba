import { useMemo } from "react";
import type { Gap } from "#glucose/gaps.ts";
import type { Span } from "#glucose/time.ts";
import { inTimeOrder, isPrinted } from "#report/patient/curve-view.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import type { PatientReadings } from "../api/readings.ts";
import { ChartSummary } from "../chart/chart-summary.tsx";
import { GlucoseChart } from "../chart/glucose-chart.tsx";
import { usePreferences } from "../preferences.ts";
import { Section } from "../ui/section.tsx";
import { ChosenDayBar } from "./chosen-day.tsx";
import { BelowCurve, CurveRemarks } from "./curve-notes.tsx";
import { CurveTitle, ShownPart, ZoneSwitch } from "./curve-window.tsx";
import classes from "./patient.module.css";
import type { CurveHandle } from "./use-curve.ts";
import type { ChosenDay } from "./use-day.ts";
import type { PeriodAddress } from "./use-period-address.ts";

interface CurveSectionProps {
  answer: PatientReadings;
  data: PeriodData;
  gaps: readonly Gap[];
  chosen: ChosenDay | null;
  window: Span | null;
  curve: CurveHandle;
  address: PeriodAddress;
  nowMs: number;
  /** The patient's time zone, or the viewer's. */
  shownZone: string;
  /** Another period is shown until this one has come. */
  isLoading: boolean;
  onOtherZone: (timeZone: string | null) => void;
}

/**
 * The period's curve, which part of it is shown and in whose time, and what of
 * the platform's records is not in it.
 */
export function CurveSection(props: CurveSectionProps) {
  const { data, chosen, window, curve, address, nowMs, shownZone, isLoading } = props;
  const { unit } = usePreferences();
  const { startMs, extentEndMs, targets } = data;
  const { startMs: fromMs, endMs: toMs } = chosen?.extent ?? { startMs, endMs: extentEndMs };
  const extent = useMemo(() => ({ startMs: fromMs, endMs: toMs }), [fromMs, toMs]);
  const episodes = useMemo(() => inTimeOrder(data.episodes), [data.episodes]);
  const readings = chosen?.readings ?? data.readings;
  const gaps = chosen?.gaps ?? props.gaps;
  return (
    <Section
      id="curve"
      title={<CurveTitle data={data} day={chosen && window ? chosen.day : null} shownZone={shownZone} />}
      beside={
        <>
          <ChartSummary
            window={window}
            extent={extent}
            unit={unit}
            readings={readings}
            gaps={gaps}
            timeZone={shownZone}
          />
          <ZoneSwitch timeZone={data.timeZone} shownZone={shownZone} onOtherZone={props.onOtherZone} />
        </>
      }
      ref={curve.section}
      className={classes.curve}
      data-print={isPrinted(data) ? "yes" : "no"}
    >
      {chosen && (
        <ChosenDayBar
          chosen={chosen}
          data={data}
          nowMs={nowMs}
          isLoading={isLoading}
          onStep={curve.stepDay}
          onCompare={address.compare}
        />
      )}
      {window && (
        <ShownPart
          data={data}
          isDay={chosen !== null}
          window={window}
          shownZone={shownZone}
          onWhole={() => address.setWindow(null)}
        />
      )}
      <CurveRemarks data={data} shownZone={shownZone} />
      <GlucoseChart
        ref={curve.cursor}
        episodes={episodes}
        unit={unit}
        nowMs={nowMs}
        window={window}
        extent={extent}
        readings={readings}
        gaps={gaps}
        onWindow={address.setWindow}
        onStepDay={chosen ? curve.stepDay : undefined}
        edges={targets.edges}
        timeZone={shownZone}
      />
      <BelowCurve {...props} />
    </Section>
  );
}
