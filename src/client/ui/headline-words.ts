import type { HeadlineCode } from "#contract/headline.ts";
import { formatDuration } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";

export interface ToldHeadline {
  readonly headline: HeadlineCode;
  readonly durationMs: number | null;
  /** The platform's dates contradict each other, or the data contradicts them. */
  readonly isInDoubt: boolean;
}

/** What a verdict begins with, in the same words on a sensor's page, in its ticket and in lists. */
export function useHeadlineWords(): (told: ToldHeadline) => string {
  const t = useMessages("device", "verdict");
  const { language } = usePreferences();
  return ({ headline, durationMs, isInDoubt }) => {
    const key =
      headline === "warming-up" && durationMs === null
        ? "head-warming-up-late"
        : (`head-${headline}` as const);
    const verdict = t(key, { duration: formatDuration(durationMs ?? 0, language) });
    return isInDoubt && headline !== "ended-doubtful" ? t("verdictInDoubt", { verdict }) : verdict;
  };
}
