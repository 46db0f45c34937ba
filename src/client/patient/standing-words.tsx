import { isOngoing } from "#glucose/episode-ending.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Sentences } from "../ui/sentences.tsx";
import { formatDuration, formatShortDateTime, formatTime, shownLengthMs, withZone } from "../ui/time.ts";
import classes from "./patient.module.css";
import type { Standing } from "./use-standing.ts";

interface AsOf {
  nowMs: number;
  timeZone: string;
}

/** Since when glucose has been below, in or above the range. */
export function Since({ side, sinceMs, before, nowMs, timeZone }: Standing & AsOf) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const isToday = localDateOf(sinceMs, timeZone) === localDateOf(nowMs, timeZone);
  const shown = (isToday ? formatTime : formatShortDateTime)(sinceMs, timeZone, language);
  const time = withZone(shown, timeZone, language);
  const lengthMs = shownLengthMs(sinceMs, nowMs);
  const duration = formatDuration(lengthMs, language);
  return (
    <strong className={classes.since}>
      {before === "other-side" &&
        t(lengthMs === 0 ? `sinceNow-${side}` : `since-${side}`, { time, duration })}
      {before === "nothing" && t(`sinceAtLeast-${side}`, { time })}
      {before === "not-asked" && t(`forMoreThan-${side}`, { duration })}
    </strong>
  );
}

/**
 * Back in range for less than 15 minutes ends no episode, though it is why glucose is
 * out of range since a later time only.
 */
export function PartOf({ side, sinceMs, before, episode, nowMs, timeZone }: Standing & AsOf) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  if (side === "in" || !episode || episode.startMs >= sinceMs || !isOngoing(episode, nowMs)) return null;
  const { startMs, isBeginSeen, sensors } = episode;
  const isToday = localDateOf(startMs, timeZone) === localDateOf(nowMs, timeZone);
  const shown = (isToday ? formatTime : formatShortDateTime)(startMs, timeZone, language);
  const time = withZone(shown, timeZone, language);
  return (
    <span className={classes.partOf}>
      <Sentences>
        {t(`${isBeginSeen ? "partOf" : "partOfAtLeast"}-${side}`, { time })}
        {before === "other-side" && sensors.length === 1 && t("inRangeBetween")}
      </Sentences>
    </span>
  );
}
