import { localDateOf } from "#glucose/local-time.ts";
import { formatDuration, formatShortDateTime, formatTime, shownLengthMs } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { withZone } from "../ui/viewer-zone.ts";
import classes from "./patient.module.css";
import type { Standing } from "./use-standing.ts";

interface AsOf {
  nowMs: number;
  timeZone: string;
}

/** Since when glucose has been below, in or above the range. */
export function Since({ side, sinceMs, timeMs, before, wasBack, nowMs, timeZone }: Standing & AsOf) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const isToday = localDateOf(sinceMs, timeZone) === localDateOf(nowMs, timeZone);
  const shown = (isToday ? formatTime : formatShortDateTime)(sinceMs, timeZone, language);
  const time = withZone(shown, timeZone, language);
  // For as long as there are readings of it.
  const lengthMs = shownLengthMs(sinceMs, timeMs);
  const duration = formatDuration(lengthMs, language);
  return (
    <>
      <strong className={classes.since}>
        {before === "other-side" &&
          t(lengthMs === 0 ? `sinceNow-${side}` : `since-${side}`, { time, duration })}
        {before === "nothing" && t(`sinceAtLeast-${side}`, { time })}
        {before === "not-asked" && t(`forMoreThan-${side}`, { duration })}
      </strong>
      {wasBack && <span className={classes.wasBack}>{t("inRangeBetween")}</span>}
    </>
  );
}
