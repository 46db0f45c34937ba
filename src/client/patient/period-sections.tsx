import { lazy, Suspense, useState } from "react";
import type { Patient } from "#contract/patient.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Span } from "#glucose/time.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { sufficiencyNotes } from "#report/patient/sufficiency-notes.ts";
import type { PatientReadings } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { Loading } from "../ui/loading.tsx";
import print from "../ui/print.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { CurveSection } from "./curve-section.tsx";
import type { DetailsProps } from "./details-props.ts";
import { loadDetails } from "./load-details.ts";
import classes from "./patient.module.css";
import { PrintedHead } from "./printed-head.tsx";
import { TimeInRanges } from "./time-in-ranges.tsx";
import type { CurveHandle } from "./use-curve.ts";
import type { ChosenDay } from "./use-day.ts";
import type { PeriodAddress } from "./use-period-address.ts";

interface PeriodSectionsProps {
  patient: Patient;
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
}

/** All that is told of a period. Until it has come there is only the curve of the one before. */
export function PeriodSections(props: PeriodSectionsProps) {
  const { patient, address, answer, data, gaps, chosen, window, curve, nowMs, isJudged, isLoading } = props;
  const t = useMessages("patient", "page");
  /** The viewer's, while it is shown instead of the patient's. */
  const [otherZone, setOtherZone] = useState<string | null>(null);
  const shownZone = otherZone ?? data.timeZone;
  const { timeIn, n } = data.statistics;
  const notes = sufficiencyNotes(data, t);
  return (
    <div aria-busy={isLoading} className={classes.period}>
      {isLoading && <p className={print.printOnly}>{t("printedTooSoon")}</p>}
      <PrintedHead patient={patient} data={data} />
      <div className={classes.glance}>
        <CurveSection
          answer={answer}
          data={data}
          gaps={gaps}
          chosen={chosen}
          window={window}
          curve={curve}
          nowMs={nowMs}
          shownZone={shownZone}
          isLoading={isLoading}
          onOtherZone={setOtherZone}
          address={address}
        />
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
      {!isLoading && n > 0 && (
        <Details
          patient={patient}
          data={data}
          gaps={gaps}
          shownZone={shownZone}
          nowMs={nowMs}
          comparison={address.comparison}
          onComparison={address.compare}
          onPeriod={address.choosePeriod}
          shown={chosen?.span ?? window ?? data}
          shownReadings={chosen?.readings ?? data.readings}
          onShow={curve.show}
        />
      )}
    </div>
  );
}

const PatientDetails = lazy(async () => ({ default: (await loadDetails()).PatientDetails }));

function Details(props: DetailsProps) {
  const t = useMessages("patient", "page");
  return (
    <Suspense
      fallback={
        <>
          <p className={print.printOnly}>{t("printedInPart")}</p>
          <Loading height={320} />
        </>
      }
    >
      <PatientDetails {...props} />
    </Suspense>
  );
}
