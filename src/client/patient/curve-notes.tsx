import { Alert, Text } from "@mantine/core";
import { useMemo } from "react";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import type { PatientReadings } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { useIsOut } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import print from "../ui/print.module.css";
import { formatAge } from "../ui/time.ts";
import { readingsInPeriod } from "./curve-view.ts";
import { LeftOut } from "./left-out.tsx";
import type { PeriodData } from "./use-period-data.ts";

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
      {shownZone !== timeZone && <Text size="sm">{t("viewerZoneNote", { zone: timeZone })}</Text>}
      {twoSensorHours > 1 && (
        <Alert color="orange" role="note" my="xs">
          {t("twoSensors", { count: twoSensorHours })}
        </Alert>
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
      {isLoading && <Text>{t(isOut ? "periodAwaited" : "loadingPeriod")}</Text>}
      {!isLoading && data.statistics.n === 0 && <Text>{t(hasWarmUp ? "onlyWarmUp" : "noneInPeriod")}</Text>}
      {!isLoading && <LeftOut data={answer} readings={inPeriod} timeZone={shownZone} />}
      <Text size="sm" c="dimmed" className={print.screenOnly}>
        {t("asOf", { age: formatAge(nowMs - data.asOfMs, language) })}
      </Text>
    </>
  );
}
