import type { PeriodData } from "#report/patient/period-data.ts";
import type { Language } from "#words/language.ts";
import { formatDateTime } from "#words/time.ts";
import { withZone } from "../ui/viewer-zone.ts";

/** A period's ends in the patient's time, the zone said once. */
export const spanInWords = (
  { startMs, endMs, timeZone }: Pick<PeriodData, "startMs" | "endMs" | "timeZone">,
  language: Language,
) => ({
  from: formatDateTime(startMs, timeZone, language),
  to: withZone(formatDateTime(endMs, timeZone, language), timeZone, language),
});
