import type { Stale } from "#contract/problem.ts";
import { formatAge } from "#words/time.ts";
import { useNow } from "../clock.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { useIsToldAbove } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import { useFailureWords } from "./plain-failure.tsx";
import print from "./print.module.css";
import { Sentences } from "./sentences.tsx";
import classes from "./stale-notice.module.css";

/**
 * Why an answer is not what the platform says now, as if asking had failed when it came: the
 * server answered with what it last read.
 */
export const staleError = (
  answer: { stale: Stale | null } | undefined,
  answeredMs: number,
): ApiError | null => (answer?.stale ? new ApiError(answer.stale.code, undefined, null, answeredMs) : null);

interface StaleNoticeProps {
  /** The last refetch's error, or what `staleError` makes of the answer; null shows nothing. */
  error: unknown;
  /** When the data on screen was read, on the server's clock: the answer's own `asOfMs`. */
  dataUpdatedAtMs: number;
  onRetry: () => void;
}

/** Stands above the last good data when a refetch failed: why, and how old what one sees is. */
export function StaleNotice({ error, dataUpdatedAtMs, onRetry }: StaleNoticeProps) {
  const isToldAbove = useIsToldAbove(error);
  return (
    <div role="status" className={isToldAbove ? print.printOnly : undefined}>
      {error ? <Notice error={error} dataUpdatedAtMs={dataUpdatedAtMs} onRetry={onRetry} /> : null}
    </div>
  );
}

function Notice({ error, dataUpdatedAtMs, onRetry }: StaleNoticeProps) {
  const t = useMessages("domain", "failure");
  const { language } = usePreferences();
  const ageMs = useNow() - dataUpdatedAtMs;
  const { title } = useFailureWords(error);
  return (
    <p className={classes.notice}>
      <span>
        <Sentences>
          <strong>{t("stale", { title })}</strong>
          <span className={print.screenOnly}>{t("staleAge", { age: formatAge(ageMs, language) })}</span>
        </Sentences>
      </span>
      <button type="button" className={print.screenOnly} onClick={onRetry}>
        {t("retry")}
      </button>
    </p>
  );
}
