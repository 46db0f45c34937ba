import { useNow } from "../clock.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime, formatTime } from "../ui/time.ts";
import { useAppMessages } from "./app-messages.ts";
import classes from "./platform-notice.module.css";

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

/** Says that the platform does not answer and since when, in the viewer's own time. */
export function PlatformNotice({ sinceMs }: { sinceMs: number }) {
  const t = useAppMessages();
  const { language } = usePreferences();
  const nowMs = useNow();
  const isRecent = nowMs - sinceMs < 12 * 3_600_000;
  const time = (isRecent ? formatTime : formatDateTime)(sinceMs, timeZone, language);
  return (
    <p role="status" className={classes.notice}>
      {t("notAnswering", { time, zone: timeZone })}
    </p>
  );
}
