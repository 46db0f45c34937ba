import { useMemo } from "react";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { readingsInPeriod } from "#report/patient/curve-view.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { formatAge } from "#words/time.ts";
import type { PatientReadings } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { useIsOut } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { LeftOut } from "./left-out.tsx";

interface CurveRemarksProps {
  data: PeriodData;
  shownZone: string;
}

/** What to know before one reads the curve: whose time it is in, and that two sensors measured at once. */
export function CurveRemarks({ data, shownZone }: CurveRemarksProps) {
  const t = useMessages("patient", "page");
  const { timeZone } = data;
  const twoSensorHours = useMemo(() => hoursOfTwoSensors(readingsInPeriod(data)), [data]);
  return (
    <>
      {shownZone !== timeZone && <p className={prose.small}>{t("viewerZoneNote", { zone: timeZone })}</p>}
      {twoSensorHours > 1 && (
        <Notice className={`${layout.aboveXs} ${layout.belowXs}`} color="orange" role="note">
          {t("twoSensors", { count: twoSensorHours })}
        </Notice>
      )}
    </>
  );
}

interface BelowCurveProps extends CurveRemarksProps {
  answer: PatientReadings;
  nowMs: number;
  isLoading: boolean;
}

/** That a period is on its way or has no readings, which records are not in the curve, and how old it is. */
export function BelowCurve({ answer, data, shownZone, nowMs, isLoading }: BelowCurveProps) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const isOut = useIsOut();
  const inPeriod = useMemo(() => readingsInPeriod(data), [data]);
  const hasWarmUp = inPeriod.some(({ warmUp }) => warmUp);
  return (
    <>
      {isLoading && <p>{t(isOut ? "periodAwaited" : "loadingPeriod")}</p>}
      {!isLoading && data.statistics.n === 0 && <p>{t(hasWarmUp ? "onlyWarmUp" : "noneInPeriod")}</p>}
      {!isLoading && <LeftOut data={answer} readings={inPeriod} timeZone={shownZone} />}
      <p className={`${prose.note} ${print.screenOnly}`}>
        {t("asOf", { age: formatAge(nowMs - data.asOfMs, language) })}
      </p>
    </>
  );
}
