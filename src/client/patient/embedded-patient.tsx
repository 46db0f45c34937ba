import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { EmbeddedPatient as Shown } from "#contract/embed.ts";
import { isDenseEnough } from "#glucose/statistics.ts";
import { patientQueries } from "../api/patients.ts";
import { readingsQueries } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { AsOf } from "../ui/as-of.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { Dotted } from "../ui/dotted.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import page from "../ui/page.module.css";
import { Glance } from "./glance.tsx";
import { NowPanel } from "./now-panel.tsx";
import classes from "./patient.module.css";
import { PeriodNotices } from "./period-notices.tsx";
import { PeriodPicker } from "./period-picker.tsx";
import { PeriodSkeleton } from "./period-skeleton.tsx";
import { usePeriod } from "./use-period.ts";

/** In a partner's page: how a patient is now, their curve, and their time in ranges. */
export function EmbeddedPatient({ patient: opened }: { patient: Shown }) {
  const t = useMessages("patient", "page");
  const embed = useMessages("embed");
  const { id, name, partnerUid, timeZone } = opened;
  const { data: summary } = useQuery(patientQueries.followedSummary(id));
  const { data: recent } = useQuery(readingsQueries.recent(id));
  // The clinic may change them while the view is open.
  const targets = summary?.targets ?? opened.targets;
  const patient = useMemo(() => ({ ...opened, targets }), [opened, targets]);
  useDocumentTitle(name);
  const stage = summary?.stage ?? "reading";
  return (
    <>
      <div className={page.heading}>
        <div>
          <h1>{name}</h1>
          <div className={page.lead}>
            <Dotted>
              {partnerUid}
              {t("timesIn", { zone: timeZone })}
            </Dotted>
          </div>
          <AsOf atMs={recent?.asOfMs ?? summary?.asOfMs} timeZone={timeZone} />
        </div>
        {stage === "reading" && <NowPanel patient={patient} />}
      </div>
      {stage === "waiting" ? <p>{embed("noReading")}</p> : <Period patient={patient} />}
    </>
  );
}

function Period({ patient }: { patient: Shown }) {
  const t = useMessages("patient", "page");
  const { nowMs, address, held, reads, data, gaps, chosen, window, curve, isLoading } = usePeriod(patient);
  /** The viewer's, while it is shown instead of the patient's. */
  const [otherZone, setOtherZone] = useState<string | null>(null);
  return (
    <section aria-label={t("period")} className={layout.column} aria-busy={isLoading}>
      <div className={classes.controls}>
        <PeriodPicker
          period={address.period}
          timeZone={patient.timeZone}
          nowMs={nowMs}
          onChange={address.choosePeriod}
        />
      </div>
      <PeriodNotices held={held} reads={reads} data={data} />
      {reads.answer ? (
        <Glance
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
          shownZone={otherZone ?? data.timeZone}
          onOtherZone={setOtherZone}
        />
      ) : reads.error ? (
        <Failure isAnswer error={reads.error} title={t("readingsFailed")} onRetry={reads.retry} />
      ) : (
        <PeriodSkeleton />
      )}
    </section>
  );
}
