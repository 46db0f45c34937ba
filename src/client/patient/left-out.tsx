import { isPlausible, plausibleMmolL } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import { formatEdge } from "#glucose/units.ts";
import { formatDateTime } from "#words/time.ts";
import type { PatientReadings } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";

/** Records that are not in the curve are counted aloud, and parts that could not be read are named. */
export function LeftOut({
  data,
  readings,
  timeZone,
}: {
  data: PatientReadings;
  /** Those of the period. */
  readings: readonly Reading[];
  timeZone: string;
}) {
  const t = useMessages("patient", "page");
  const { unit, language } = usePreferences();
  const { malformed, duplicates, contradicting } = data.leftOut;
  const implausible = readings.filter(({ valueMmolL }) => !isPlausible(valueMmolL)).length;
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  return (
    <>
      {data.unread.map(({ startMs, endMs }) => (
        <Notice key={startMs} color="red" role="status">
          {t("unread", { from: at(startMs), to: at(endMs) })}
        </Notice>
      ))}
      {malformed > 0 && <p className={prose.strong}>{t("leftOut", { count: malformed })}</p>}
      {contradicting > 0 && <p className={prose.strong}>{t("contradicting", { count: contradicting })}</p>}
      {implausible > 0 && (
        <p className={prose.strong}>
          {t("implausible", {
            count: implausible,
            min: formatEdge(plausibleMmolL.min, unit),
            max: formatEdge(plausibleMmolL.max, unit),
            unit,
          })}
        </p>
      )}
      {duplicates > 0 && <p className={prose.note}>{t("duplicates", { count: duplicates })}</p>}
    </>
  );
}
