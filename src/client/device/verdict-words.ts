import { usePreferences } from "../preferences.ts";
import { formatDuration, localeOf } from "../ui/time.ts";
import { formatShare } from "./share.ts";
import type { Claim, Verdict } from "./verdict.ts";
import { useVerdictMessages } from "./verdict-messages.ts";

/** A verdict's headline and claims in the reader's language. */
export function useVerdictWords() {
  const t = useVerdictMessages();
  const { language } = usePreferences();
  const length = (ms: number) => formatDuration(ms, language);
  const after = (ms: number) => (ms < 60_000 ? t("atOnce") : t("after", { duration: length(ms) }));
  return {
    headline: ({ headline, durationMs }: Verdict): string =>
      t(`head-${headline}`, { duration: length(durationMs ?? 0) }),
    claim: ({ code, values }: Claim): string => {
      const { received = 0, expected = 0, count = 0, byMs = 0, medianMs = 0, worstMs = 0 } = values;
      return t(`claim-${code}`, {
        count,
        by: length(byMs),
        median: after(medianMs),
        worst: after(worstMs),
        percent: formatShare(received, expected, localeOf(language)) ?? "",
      });
    },
  };
}
