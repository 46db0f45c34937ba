import { useQuery } from "@tanstack/react-query";
import type { Device } from "#contract/device.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { type Advice, adviceOf } from "#sensor/advice.ts";
import { thresholds } from "#sensor/verdict.ts";
import { formatAside } from "#words/list.ts";
import {
  formatAge,
  formatDateTime,
  formatDuration,
  formatShortDateTime,
  formatTime,
  localeOf,
} from "#words/time.ts";
import { caseQueries } from "../api/cases.ts";
import { deviceQueries } from "../api/devices.ts";
import { recallQueries } from "../api/recalls.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { withZone } from "../ui/viewer-zone.ts";
import { recalledBy, useRecallWords } from "./recall-words.ts";
import { formatShare } from "./share.ts";
import classes from "./verdict.module.css";

export interface AdviceInWords {
  readonly saying: string;
  readonly step: string;
  /** The one after it. */
  readonly afterwards: string | null;
}

/** Advice of two steps: the next one, and the one after it. */
const twoSteps = {
  phone: ["step-phone", "then-look-up-soon"],
  "phone-stays-near": ["step-phone-stays-near", "then-look-up-tomorrow"],
  "replace-and-report": ["step-replace", "step-report-this"],
  "start-other-and-report": ["step-start-other", "step-report-this"],
  "report-and-look-up-other": ["step-report-this", "step-look-up-other"],
  recall: ["step-recall", "then-note-told"],
  "recall-find-out": ["step-recall-find-out", "then-tell-and-note"],
} as const;
type Step = Advice["step"];
const stepsOf = (step: Step) =>
  step in twoSteps
    ? twoSteps[step as keyof typeof twoSteps]
    : ([`step-${step as Exclude<Step, keyof typeof twoSteps>}`, null] as const);

/** Whose clock a time is told by. */
interface Clock {
  readonly timeZone: string;
  readonly owner: Pick<Device["owner"], "kind">;
}

/**
 * Advice in the reader's language, with times by the owner's clock; where nobody here knows that, in UTC with how long ago
 * or ahead it is, which whoever calls can use. `wearers` is what its recalls say to wearers.
 */
export function useAdviceWords(): (
  advice: Advice,
  { timeZone, owner }: Clock,
  nowMs: number,
  vendorNumber?: string,
  wearers?: string,
) => AdviceInWords {
  const t = useMessages("device", "advice");
  const life = useMessages("device", "life");
  const { language } = usePreferences();
  return (advice, { timeZone, owner }, nowMs, vendorNumber = "", wearers = "") => {
    const { saying, replacement, and, step, atMs, durationMs, endsAtMs, share, recall } = advice;
    const dateOf = (timeMs: number) => localDateOf(timeMs, timeZone);
    const fromNow = (timeMs: number) =>
      timeMs > nowMs
        ? life("ahead", { duration: formatDuration(timeMs - nowMs, language) })
        : formatAge(nowMs - timeMs, language);
    const placed = (time: string, timeMs: number) =>
      owner.kind === "patient"
        ? withZone(time, timeZone, language)
        : formatAside(`${time} ${timeZone}`, fromNow(timeMs), language);
    const clock = (timeMs: number) => placed(formatTime(timeMs, timeZone, language), timeMs);
    const timeOf = (timeMs: number) => {
      if (dateOf(timeMs) === dateOf(nowMs)) return t("today", { time: clock(timeMs) });
      const isThisYear = dateOf(timeMs).slice(0, 4) === dateOf(nowMs).slice(0, 4);
      const day = (isThisYear ? formatShortDateTime : formatDateTime)(timeMs, timeZone, language);
      return t("otherDay", { time: placed(day, timeMs) });
    };
    const time = atMs === null ? "" : timeOf(atMs);
    const duration = formatDuration(durationMs ?? 0, language);
    const usualMs = atMs === null || durationMs === null ? null : atMs - thresholds.warmUpMs + durationMs;
    const other = replacement === "needed" ? null : replacement;
    const serial = other?.serial ?? "";
    const otherOne = !other
      ? "needed"
      : recall && other.state === "activated" && !other.isRecalled
        ? "kept"
        : (`${other.state}${other.isRecalled ? "-recalled" : ""}` as const);
    const [next, after] = stepsOf(step);
    const values = { clock: atMs === null ? "" : clock(atMs), serial };
    const percent = share === null ? "" : (formatShare(share, 1, localeOf(language)) ?? "");
    return {
      saying: [
        saying === "warming-up" && usualMs !== null
          ? t("say-warming-up-usual", { time, duration, usual: clock(usualMs) })
          : t(`say-${saying}`, { time, duration, percent }),
        ...(recall?.told ? [t(`told-${recall.told.outcome}`, { time: timeOf(recall.told.atMs) })] : []),
        ...(recall?.told && recall.isRead ? [t("ifStillWorn")] : []),
        ...(recall?.isRead ? [wearers || t("wearersUnsaid")] : []),
        ...(endsAtMs === null ? [] : [t("ends", { time: timeOf(endsAtMs) })]),
        ...(replacement ? [t(`other-${otherOne}`, { serial })] : []),
        ...(and ? [t(`and-${and}`, { number: vendorNumber })] : []),
      ].join(language === "en" ? " " : ""),
      step: t(next, values),
      afterwards: after && t(after, values),
    };
  };
}

/** What to tell the caller about a sensor, with what of it is on the page by now. */
export function useAdvice(device: Device, nowMs: number): AdviceInWords {
  const words = useAdviceWords();
  const wordsOf = useRecallWords();
  const { serial } = device;
  const { data: journey } = useQuery(deviceQueries.journey(serial));
  const { cases = [] } = useQuery(caseQueries.ofSensor(serial)).data ?? {};
  const vendorNumber = cases.flatMap(({ vendorNumber: number }) => number ?? [])[0];
  const recalls = useQuery(recallQueries.ofDevice(serial)).data ?? [];
  const advice = adviceOf(device, journey ?? null, nowMs, {
    isReported: vendorNumber !== undefined,
    recall: recalledBy(recalls),
  });
  return words(advice, device, nowMs, vendorNumber, wordsOf(recalls, advice.saying === "recalled"));
}

/** A sentence to be read aloud, what is to be done next, and what after that. */
export function CallerAdvice({ saying, step, afterwards }: AdviceInWords) {
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
      {afterwards && (
        <div>
          <dt>{t("then")}</dt>
          <dd>{afterwards}</dd>
        </div>
      )}
    </dl>
  );
}
