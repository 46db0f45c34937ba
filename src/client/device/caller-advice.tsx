import { useQuery } from "@tanstack/react-query";
import type { Device } from "#contract/device.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { type Advice, adviceOf } from "#sensor/advice.ts";
import { formatDuration, formatShortDateTime, formatTime } from "#words/time.ts";
import { caseQueries } from "../api/cases.ts";
import { deviceQueries } from "../api/devices.ts";
import { recallQueries } from "../api/recalls.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { withZone } from "../ui/viewer-zone.ts";
import classes from "./verdict.module.css";

export interface AdviceInWords {
  readonly saying: string;
  readonly step: string;
}

/** Advice in the reader's language, with times by the device's clock. */
export function useAdviceWords(): (
  advice: Advice,
  timeZone: string,
  nowMs: number,
  vendorNumber?: string,
) => AdviceInWords {
  const t = useMessages("device", "advice");
  const { language } = usePreferences();
  return ({ saying, replacement, and, step, atMs, durationMs }, timeZone, nowMs, vendorNumber = "") => {
    const clock = (timeMs: number) => withZone(formatTime(timeMs, timeZone, language), timeZone, language);
    const day = (timeMs: number) =>
      withZone(formatShortDateTime(timeMs, timeZone, language), timeZone, language);
    const isToday = atMs !== null && localDateOf(atMs, timeZone) === localDateOf(nowMs, timeZone);
    const time =
      atMs === null ? "" : isToday ? t("today", { time: clock(atMs) }) : t("otherDay", { time: day(atMs) });
    const duration = formatDuration(durationMs ?? 0, language);
    const other = replacement === "needed" ? null : replacement;
    const serial = other?.serial ?? "";
    return {
      saying: [
        t(`say-${saying}`, { time, duration }),
        ...(replacement ? [t(`other-${other?.state ?? "needed"}`, { serial })] : []),
        ...(and ? [t(`and-${and}`, { number: vendorNumber })] : []),
      ].join(language === "en" ? " " : ""),
      step: t(`step-${step}`, { clock: atMs === null ? "" : clock(atMs), serial }),
    };
  };
}

/** What to tell the caller about a sensor, with what of it is on the page by now. */
export function useAdvice(device: Device, nowMs: number): AdviceInWords {
  const words = useAdviceWords();
  const { serial, timeZone } = device;
  const { data: journey } = useQuery(deviceQueries.journey(serial));
  const { cases = [] } = useQuery(caseQueries.ofSensor(serial)).data ?? {};
  const vendorNumber = cases.flatMap(({ vendorNumber: number }) => number ?? [])[0];
  const recall = useMessages("device", "recall");
  const isRecalled = (useQuery(recallQueries.ofDevice(serial)).data ?? []).length > 0;
  const advice = adviceOf(device, journey ?? null, nowMs, vendorNumber !== undefined);
  const inWords = words(advice, timeZone, nowMs, vendorNumber);
  return isRecalled ? { ...inWords, step: recall("next") } : inWords;
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
