import { Alert, Text } from "@mantine/core";
import { isPlausible, plausibleMmolL } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import { formatEdge } from "#glucose/units.ts";
import type { PatientReadings } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime } from "../ui/time.ts";

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
        <Alert key={startMs} color="red" role="status">
          {t("unread", { from: at(startMs), to: at(endMs) })}
        </Alert>
      ))}
      {malformed > 0 && <Text fw={600}>{t("leftOut", { count: malformed })}</Text>}
      {contradicting > 0 && <Text fw={600}>{t("contradicting", { count: contradicting })}</Text>}
      {implausible > 0 && (
        <Text fw={600}>
          {t("implausible", {
            count: implausible,
            min: formatEdge(plausibleMmolL.min, unit),
            max: formatEdge(plausibleMmolL.max, unit),
            unit,
          })}
        </Text>
      )}
      {duplicates > 0 && (
        <Text size="sm" c="dimmed">
          {t("duplicates", { count: duplicates })}
        </Text>
      )}
    </>
  );
}
