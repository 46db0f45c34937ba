import type { PeriodData } from "#report/patient/period-data.ts";
import { useMessages } from "../i18n.ts";
import { useIsOut } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { StaleNotice } from "../ui/stale-notice.tsx";
import { spanInWords } from "./period-view.ts";
import type { useHeldPeriod } from "./use-held-period.ts";
import type { PeriodReads } from "./use-period-reads.ts";

interface PeriodNoticesProps {
  held: ReturnType<typeof useHeldPeriod>;
  reads: PeriodReads;
  data: PeriodData;
}

/** That another period is shown than the one asked for, and that what is shown may be old. */
export function PeriodNotices({ held, reads, data }: PeriodNoticesProps) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const isOut = useIsOut();
  const span = spanInWords(data, language);
  return (
    <>
      {held.isHeld &&
        (isOut ? (
          <p className={layout.belowSm} role="status">
            {t("heldAwaited", span)}
          </p>
        ) : (
          <Failure error={held.error} title={t("heldShown", span)} onRetry={held.retry} />
        ))}
      {reads.answer && (
        <StaleNotice error={reads.staleError} dataUpdatedAtMs={data.asOfMs} onRetry={reads.retry} />
      )}
    </>
  );
}
