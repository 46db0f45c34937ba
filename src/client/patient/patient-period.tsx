import { lazy, Suspense, useState } from "react";
import type { Patient } from "#contract/patient.ts";
import { isDenseEnough } from "#glucose/statistics.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { useAnnouncement } from "../ui/use-announcement.ts";
import { loadSavePdf } from "./load-details.ts";
import classes from "./patient.module.css";
import { periodSearch } from "./period.ts";
import { PeriodNotices } from "./period-notices.tsx";
import { PeriodPicker } from "./period-picker.tsx";
import { PeriodSections } from "./period-sections.tsx";
import { PeriodSkeleton } from "./period-skeleton.tsx";
import { spanInWords } from "./period-view.ts";
import { PrintButton } from "./print-button.tsx";
import { TargetsChoice } from "./targets-choice.tsx";
import { useFirstDays } from "./use-first-days.ts";
import { usePeriod } from "./use-period.ts";

const SavePdf = lazy(async () => ({ default: (await loadSavePdf()).SavePdf }));

/** The period in the address: the way to another one, and all that is told of it. */
export function PatientPeriod({ patient }: { patient: Patient }) {
  const t = useMessages("patient", "page");
  const [below, setBelow] = useState<HTMLElement | null>(null);
  const { timeZone } = patient;
  const period = usePeriod(patient);
  const { nowMs, address, held, reads, data, gaps, chosen, window, curve, isLoading } = period;
  useFirstDays(patient, reads, nowMs);
  const isWaiting = isLoading || reads.isPending;
  useSayPeriod(isWaiting ? null : JSON.stringify(held.period), data);
  return (
    <>
      <div className={classes.controls}>
        <PeriodPicker
          key={timeZone}
          period={address.period}
          timeZone={timeZone}
          nowMs={nowMs}
          onChange={address.choosePeriod}
        />
        <TargetsChoice patient={patient} data={data} judged={isDenseEnough(data.statistics)} />
        <div className={classes.files}>
          {reads.answer && (
            <Suspense fallback={null}>
              <SavePdf patientId={patient.id} period={periodSearch(held.period)} below={below} data={data} />
            </Suspense>
          )}
          <PrintButton isWaiting={isWaiting} />
        </div>
      </div>
      <div ref={setBelow} />
      <PeriodNotices held={held} reads={reads} data={data} />
      {reads.answer ? (
        <PeriodSections
          patient={patient}
          address={address}
          answer={reads.answer}
          data={data}
          gaps={gaps}
          chosen={chosen}
          window={window}
          curve={curve}
          nowMs={nowMs}
          isJudged={isDenseEnough(data.statistics)}
          isLoading={isLoading}
        />
      ) : reads.error ? (
        <Failure isAnswer error={reads.error} title={t("readingsFailed")} onRetry={reads.retry} />
      ) : (
        <PeriodSkeleton />
      )}
    </>
  );
}

/** Tells a screen reader which period is shown once another one has come. */
function useSayPeriod(period: string | null, data: PeriodData): void {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const { n } = data.statistics;
  useAnnouncement(
    period,
    n === 0 ? t("noneInPeriod") : t("periodHeard", { ...spanInWords(data, language), count: n }),
  );
}
