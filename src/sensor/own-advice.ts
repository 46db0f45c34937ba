import type { Device, DeviceJourney } from "#contract/device.ts";
import type { HeadlineCode } from "#contract/headline.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import { contradictionsIn, isOverByData } from "./life.ts";
import type { RecallSaying, RecallStep } from "./recall-advice.ts";
import {
  type ClaimCode,
  firstValueByMs,
  headlineOutOfUse,
  isUsuallyLate,
  thresholds,
  type Verdict,
  verdictOf,
} from "./verdict.ts";

/** What to tell the caller. */
export type SayingCode =
  | "contradiction"
  | "contradiction-in-use"
  | "contradiction-ended"
  | "data-after-end"
  | "data-after-end-over"
  | "bound-later"
  | "data-unread"
  | "silent-as-of"
  | "no-data-as-of"
  | "no-values-as-of"
  | "warming-up-late"
  | "sensor-faulty"
  | "clock-off"
  | "upload-late"
  | "poor-for-long"
  | RecallSaying
  | Exclude<HeadlineCode, "ended-doubtful" | "irregular">;

/** What is to be done next. */
export type StepCode =
  | "nothing"
  | "bind"
  | "start"
  | "start-later"
  | "wait"
  | "phone"
  | "phone-stays-near"
  | "replace"
  | "replace-and-report"
  | "start-other"
  | "start-other-and-report"
  | "report"
  | "note-call"
  | "report-and-look-up-other"
  | "look-up-later"
  | RecallStep;

const stepOf: Record<HeadlineCode, StepCode> = {
  unbound: "bind",
  bound: "start",
  unknown: "report",
  "never-sent": "phone",
  "warming-up": "wait",
  "no-values": "replace-and-report",
  overdue: "replace",
  silent: "phone",
  poor: "phone-stays-near",
  patchy: "phone-stays-near",
  working: "nothing",
  irregular: "report",
  "ended-early": "replace-and-report",
  "ended-late": "replace",
  "ended-on-time": "replace",
  "ended-doubtful": "report",
  ended: "replace",
};

/** Whether more of the time without data is lately the sensor's own than anything else's. */
function isSensorSilent({ gaps, recent }: DeviceJourney): boolean {
  const lengthMs = (isOwn: boolean) =>
    gaps
      .filter(({ cause, toMs }) => (cause === "not-measured") === isOwn && toMs >= (recent?.fromMs ?? 0))
      .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return lengthMs(true) > lengthMs(false);
}

/** So long at a poor share, a phone that is brought near does not mend it. */
const poorForLongMs = dayMs;

/**
 * The share of the data of the last days, a whole one at least, where it is poor for another reason than that the phone
 * has not uploaded, which may still come; else null.
 */
function longPoorShare({ days, nominalSpacingMin, gaps }: DeviceJourney): number | null {
  let received = 0;
  let expected = 0;
  let fromMs = Number.POSITIVE_INFINITY;
  for (const day of days.toReversed()) {
    if (expected * nominalSpacingMin * minuteMs > poorForLongMs) break;
    received += day.received;
    expected += day.expected;
    fromMs = day.startMs;
  }
  if (expected * nominalSpacingMin * minuteMs <= poorForLongMs) return null;
  const waitingMs = gaps
    .filter(({ cause, toMs }) => cause === "not-uploaded" && toMs > fromMs)
    .reduce((sum, gap) => sum + gap.toMs - Math.max(gap.fromMs, fromMs), 0);
  const isPoor = received + waitingMs / (nominalSpacingMin * minuteMs) < expected * thresholds.poorShare;
  return isPoor ? received / expected : null;
}

/** What follows from a sensor's own life and data. */
export interface OwnAdvice {
  readonly saying: SayingCode;
  readonly step: StepCode;
  /** The time that the saying names: until when, since when, or when it ended; null where it names none. */
  readonly atMs: number | null;
  /** The length that it names; null where it names none. */
  readonly durationMs: number | null;
  /** The share of the data that the saying names; null where it names none. */
  readonly share: number | null;
}

const plain = (
  saying: SayingCode,
  step: StepCode,
  atMs: number | null = null,
  durationMs: number | null = null,
  share: number | null = null,
): OwnAdvice => ({ saying, step, atMs, durationMs, share });

/** Of dates that contradict each other no more is told than the state. */
const ofContradiction = ({ state }: Device): OwnAdvice => {
  if (state === "activated") return plain("contradiction-in-use", "report");
  return plain(state === "ended" ? "contradiction-ended" : "contradiction", "report");
};

/** Of a device in use. */
function ofVerdict(
  device: Device,
  journey: DeviceJourney,
  { headline, durationMs, claims }: Verdict,
  nowMs: number,
): OwnAdvice {
  const step = stepOf[headline];
  const has = (code: ClaimCode) => claims.some((claim) => claim.code === code && claim.isPresent);
  switch (headline) {
    case "warming-up": {
      const { activatedAtMs } = device;
      if (activatedAtMs === null) return plain(headline, step);
      const byMs = firstValueByMs(activatedAtMs, journey);
      if (journey.stale && byMs <= nowMs) return plain("no-values-as-of", "look-up-later", journey.asOfMs);
      if (isUsuallyLate(journey)) return plain("warming-up-late", step, byMs, journey.usualDelayMs);
      // What it usually takes is told for as long as it has not taken that.
      const { usualWarmUpMs } = journey;
      const isAhead = usualWarmUpMs !== null && nowMs < activatedAtMs + usualWarmUpMs;
      return plain(headline, step, byMs, isAhead ? usualWarmUpMs : null);
    }
    case "silent":
      return journey.stale
        ? plain("silent-as-of", "look-up-later", journey.asOfMs)
        : plain(headline, step, journey.lastReadingMs);
    case "never-sent":
      return journey.stale
        ? plain("no-data-as-of", "look-up-later", journey.asOfMs)
        : plain(headline, step, null, durationMs);
    case "no-values":
      return journey.stale
        ? plain("no-values-as-of", "look-up-later", journey.asOfMs, durationMs)
        : plain(headline, step, null, durationMs);
    case "overdue":
      return plain(headline, step, device.estimatedEndAtMs, durationMs);
    case "poor":
    case "patchy": {
      if (isSensorSilent(journey)) return plain("sensor-faulty", "report");
      const share = headline === "poor" ? longPoorShare(journey) : null;
      return share === null
        ? plain(headline, step)
        : plain("poor-for-long", "replace-and-report", null, null, share);
    }
    case "irregular":
      return plain(has("sensor-silent") && !has("restarts") ? "sensor-faulty" : "clock-off", step);
    case "ended-doubtful":
      return ofContradiction(device);
    case "working":
      return has("late-uploads")
        ? plain("upload-late", "phone")
        : plain(headline, step, journey.lastReadingMs);
    default:
      return plain(headline, step, null, durationMs);
  }
}

/** As if it were one of ours. */
export function ownAdviceOf(device: Device, journey: DeviceJourney | null, nowMs: number): OwnAdvice {
  if (contradictionsIn(device, nowMs).length > 0) return ofContradiction(device);
  if (journey && journey.afterEnd > 0)
    return isOverByData(device, journey, nowMs)
      ? plain("data-after-end-over", "report", journey.lastReadingMs)
      : plain("data-after-end", "report");
  const outOfUse = headlineOutOfUse(device, false, nowMs);
  if (outOfUse) {
    const [headline, durationMs] = outOfUse;
    if (headline === "ended-doubtful" || headline === "irregular") return ofContradiction(device);
    return plain(headline, stepOf[headline], device.endedAtMs, durationMs);
  }
  if (!journey) return plain("data-unread", "look-up-later");
  return ofVerdict(device, journey, verdictOf(device, journey, nowMs), nowMs);
}
