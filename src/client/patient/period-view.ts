import { formatActiveShare } from "#glucose/shares.ts";
import { isDense, sufficiencyOf } from "#glucose/statistics.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatDateTime } from "#words/time.ts";
import { withZone } from "../ui/viewer-zone.ts";
import { daysIn } from "./period.ts";
import type { PeriodData } from "./use-period-data.ts";

/** Why a period's numbers say less than they seem to; nothing where they do not. */
export function sufficiencyNotes(
  data: Pick<PeriodData, "statistics" | "startMs" | "endMs" | "timeZone">,
  t: Messages<"patient", "page">,
): string[] {
  const { statistics, timeZone } = data;
  const { isLongEnough, isDenseEnough } = sufficiencyOf(statistics, daysIn(data, timeZone));
  const { activeShare, coveredShare } = statistics;
  return [
    ...(isLongEnough ? [] : [t("shortPeriod")]),
    ...(isDenseEnough
      ? []
      : [
          isDense(activeShare)
            ? t("littleCovered", { share: formatActiveShare(coveredShare) })
            : t("littleData"),
        ]),
  ];
}

/** A period's ends in the patient's time, the zone said once. */
export const spanInWords = (
  { startMs, endMs, timeZone }: Pick<PeriodData, "startMs" | "endMs" | "timeZone">,
  language: Language,
) => ({
  from: formatDateTime(startMs, timeZone, language),
  to: withZone(formatDateTime(endMs, timeZone, language), timeZone, language),
});
