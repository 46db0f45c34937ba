import { formatActiveShare } from "#glucose/shares.ts";
import { isDense, sufficiencyOf } from "#glucose/statistics.ts";
import type { Messages } from "#words/messages.ts";
import { daysIn, type PeriodData } from "./period-data.ts";

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
