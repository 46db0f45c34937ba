import { minuteMs } from "#glucose/time.ts";
import { type Claim, thresholds } from "#sensor/verdict.ts";
import { formatDuration, localeOf } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useHeadlineWords } from "../ui/headline-words.ts";
import { formatShare } from "./share.ts";

/** A verdict's headline and claims in the reader's language. */
export function useVerdictWords() {
  const t = useMessages("device", "verdict");
  const { language } = usePreferences();
  const length = (ms: number) => formatDuration(ms, language);
  return {
    headline: useHeadlineWords(),
    claim: ({ code, values, isPresent }: Claim): string => {
      const { received = 0, expected = 0, count = 0, byMs = 0, medianMs = 0, worstMs = 0 } = values;
      const ofLate = !isPresent
        ? "claim-late-before"
        : medianMs <= thresholds.lateMedianMin * minuteMs
          ? "claim-late-at-worst"
          : "claim-late-uploads";
      const key = code === "late-uploads" ? ofLate : (`claim-${code}` as const);
      return t(key, {
        count,
        n: new Intl.NumberFormat(localeOf(language)).format(count),
        by: length(byMs),
        median: length(medianMs),
        worst: length(worstMs),
        recent: length(thresholds.recentMs),
        percent: formatShare(received, expected, localeOf(language)) ?? "",
      });
    },
  };
}
