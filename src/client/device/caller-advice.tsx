import { localDateOf } from "#glucose/local-time.ts";
import type { Advice } from "#sensor/advice.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatDuration, formatShortDateTime, formatTime, withZone } from "../ui/time.ts";
import classes from "./verdict.module.css";

export interface AdviceInWords {
  readonly saying: string;
  readonly step: string;
}

/** Advice in the reader's language, with times by the device's clock. */
export function useAdviceWords(): (advice: Advice, timeZone: string, nowMs: number) => AdviceInWords {
  const t = useMessages("device", "advice");
  const { language } = usePreferences();
  return ({ saying, and, step, atMs, durationMs }, timeZone, nowMs) => {
    const clock = (timeMs: number) => withZone(formatTime(timeMs, timeZone, language), timeZone, language);
    const day = (timeMs: number) =>
      withZone(formatShortDateTime(timeMs, timeZone, language), timeZone, language);
    const isToday = atMs !== null && localDateOf(atMs, timeZone) === localDateOf(nowMs, timeZone);
    const time =
      atMs === null ? "" : isToday ? t("today", { time: clock(atMs) }) : t("otherDay", { time: day(atMs) });
    const duration = formatDuration(durationMs ?? 0, language);
    const sentence = t(`say-${saying}`, { time, duration });
    return {
      saying: and ? [sentence, t(`and-${and}`)].join(language === "en" ? " " : "") : sentence,
      step: t(`step-${step}`, { clock: atMs === null ? "" : clock(atMs) }),
    };
  };
}

/** A sentence to be read aloud, and what is to be done next. */
export function CallerAdvice({ saying, step }: AdviceInWords) {
  const t = useMessages("device", "advice");
  return (
    <dl className={classes.advice}>
      <div>
        <dt>{t("tell")}</dt>
        <dd className={classes.saying}>{saying}</dd>
      </div>
      <div>
        <dt>{t("next")}</dt>
        <dd>{step}</dd>
      </div>
    </dl>
  );
}
