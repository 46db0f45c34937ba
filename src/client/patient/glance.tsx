import type { Gap } from "#glucose/gaps.ts";
import type { Span } from "#glucose/time.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { sufficiencyNotes } from "#report/patient/sufficiency-notes.ts";
import type { PatientReadings } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { Sentences } from "../ui/sentences.tsx";
import { CurveSection } from "./curve-section.tsx";
import classes from "./patient.module.css";
import { TimeInRanges } from "./time-in-ranges.tsx";
import type { CurveHandle } from "./use-curve.ts";
import type { ChosenDay } from "./use-day.ts";
import type { PeriodAddress } from "./use-period-address.ts";

export interface GlanceProps {
  address: PeriodAddress;
  answer: PatientReadings;
  data: PeriodData;
  gaps: readonly Gap[];
  chosen: ChosenDay | null;
  /** The part that the curve shows; null for all. */
  window: Span | null;
  curve: CurveHandle;
  nowMs: number;
  /** Whether there is enough data to say that a goal is met or not. */
  isJudged: boolean;
  /** Another period is shown until this one has come. */
  isLoading: boolean;
  /** The patient's time zone, or the viewer's. */
  shownZone: string;
  onOtherZone: (timeZone: string | null) => void;
}

/** A period's curve, and beside it the time in ranges. */
export function Glance({ isJudged, ...curve }: GlanceProps) {
  const t = useMessages("patient", "page");
  const { data, isLoading } = curve;
  const { timeIn } = data.statistics;
  const notes = sufficiencyNotes(data, t);
  return (
    <div className={classes.glance}>
      <CurveSection {...curve} />
      {!isLoading && timeIn && (
        <div className={classes.numbers}>
          <TimeInRanges
            data={data}
            timeIn={timeIn}
            judged={isJudged}
            note={notes.length > 0 && <Sentences>{notes}</Sentences>}
          />
        </div>
      )}
    </div>
  );
}
