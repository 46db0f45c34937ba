import type { Span } from "#glucose/time.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useAnnouncement } from "../ui/use-announcement.ts";
import type { ComparisonChoice } from "./comparison-choice.ts";
import type { Comparison } from "./use-comparison.ts";

interface Zones {
  /** The patient's. */
  timeZone: string;
  shownZone: string;
}

/** Tells a screen reader what is compared once both sides are there, or why nothing is. */
export function useSayCompared(
  { sides, compared, error }: Comparison,
  comparison: ComparisonChoice,
  { timeZone, shownZone }: Zones,
): void {
  const t = useMessages("details");
  const { language } = usePreferences();
  const { choice } = comparison;
  const isPending = sides !== null && !compared && !error;
  const inWords = ({ startMs, endMs }: Span) =>
    t("comparedSpan", {
      from: formatDateTime(startMs, shownZone, language),
      to: formatDateTime(endMs, shownZone, language),
    });
  const [first, second] = compared
    ? [compared.own.side, compared.other.side].sort((a, b) => a.startMs - b.startMs).map(inWords)
    : [];
  const none = { sensor: t("oneSensor"), since: t("sinceOutside"), before: "", custom: "" };
  const heard =
    choice === null
      ? t("comparedNot")
      : first && second
        ? t("comparedHeard", { first, second })
        : none[choice];
  useAnnouncement(isPending ? null : JSON.stringify([comparison, timeZone]), heard);
}
