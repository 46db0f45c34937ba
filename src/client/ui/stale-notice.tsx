import { useNow } from "../clock.ts";
import { usePreferences } from "../preferences.ts";
import { useFailureWords } from "./failure.tsx";
import { useFailureMessages } from "./failure-messages.ts";
import print from "./print.module.css";
import classes from "./stale-notice.module.css";
import { formatAge } from "./time.ts";

interface StaleNoticeProps {
  /** The last refetch's error; null shows nothing. */
  error: unknown;
  /** When the data on screen was read, on the server's clock: the answer's own `asOfMs`. */
  dataUpdatedAtMs: number;
  onRetry: () => void;
}

/** Stands above the last good data when a refetch failed: why, and how old what one sees is. */
export function StaleNotice({ error, dataUpdatedAtMs, onRetry }: StaleNoticeProps) {
  return (
    <div role="status">
      {error ? <Notice error={error} dataUpdatedAtMs={dataUpdatedAtMs} onRetry={onRetry} /> : null}
    </div>
  );
}

function Notice({ error, dataUpdatedAtMs, onRetry }: StaleNoticeProps) {
  const t = useFailureMessages();
  const { language } = usePreferences();
  const ageMs = useNow() - dataUpdatedAtMs;
  const { title } = useFailureWords(error);
  return (
    <p className={classes.notice}>
      <span>
        <strong>{t("stale", { title })}.</strong>{" "}
        <span className={print.screenOnly}>{t("staleAge", { age: formatAge(ageMs, language) })}</span>
      </span>
      <button type="button" className={print.screenOnly} onClick={onRetry}>
        {t("retry")}
      </button>
    </p>
  );
}
