import type { Device, DeviceJourney, OtherSensor } from "#contract/device.ts";
import type { HeadlineCode } from "#contract/headline.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import { contradictionsIn, isOverByData } from "./life.ts";
import { ofRecall, type Recalled, type RecallSaying, type RecallStep } from "./recall-advice.ts";
import { type ClaimCode, headlineOutOfUse, thresholds, type Verdict, verdictOf } from "./verdict.ts";

/** What to tell the caller. */
type SayingCode =
  | "contradiction"
  | "contradiction-in-use"
  | "contradiction-ended"
  | "data-after-end"
  | "data-after-end-over"
  | "bound-later"
  | "data-unread"
  | "silent-as-of"
  | "sensor-faulty"
  | "clock-off"
  | "upload-late"
  | "poor-for-long"
  | RecallSaying
  | Exclude<HeadlineCode, "ended-doubtful" | "irregular">;

/** What is to be done next. */
type StepCode =
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

export interface Advice {
  readonly saying: SayingCode;
  /** That another one is needed, is worn already, or has to be started. */
  readonly replacement: "needed" | OtherSensor | null;
  /** What is said besides: that it will be or is reported, or that its partner helps further, who is the next step then. */
  readonly and: "report" | "reported" | "another-partner" | null;
  readonly step: StepCode;
  /** The time that the saying names: until when, since when, or when it ended; null where it names none. */
  readonly atMs: number | null;
  /** The length that it names; null where it names none. */
  readonly durationMs: number | null;
  /** When a sensor in use ends, where that is soon; else null. */
  readonly endsAtMs: number | null;
  /** The share of the data that the saying names; null where it names none. */
  readonly share: number | null;
  /** Of a recalled one: whether its wearer is read what the recall says, and what is noted of them. */
  readonly recall: (Pick<Recalled, "told"> & { readonly isRead: boolean }) | null;
}

/** What is known here besides the sensor's life and data. */
export interface KnownHere {
  /** The vendor has given a case about it a number. */
  readonly isReported?: boolean;
  readonly recall?: Recalled | null;
}

/** A sensor that ends within it is told of. */
const endsSoonMs = 2 * dayMs;

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

type OwnAdvice = Omit<Advice, "and" | "replacement" | "endsAtMs" | "recall">;

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
      // What it usually takes is told for as long as it has not taken that.
      const { usualWarmUpMs } = journey;
      const isAhead = usualWarmUpMs !== null && nowMs < activatedAtMs + usualWarmUpMs;
      return plain(headline, step, activatedAtMs + thresholds.warmUpMs, isAhead ? usualWarmUpMs : null);
    }
    case "silent":
      return journey.stale
        ? plain("silent-as-of", "look-up-later", journey.asOfMs)
        : plain(headline, step, journey.lastReadingMs);
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
function ownAdviceOf(device: Device, journey: DeviceJourney | null, nowMs: number): OwnAdvice {
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

/** When a sensor that goes on ends, where that is within two days and can be told. */
function endingOf({ state, estimatedEndAtMs }: Device, own: OwnAdvice, nowMs: number): number | null {
  const isTold = replaced.has(own.step) || own.saying === "contradiction-in-use";
  if (state !== "activated" || estimatedEndAtMs === null || isTold) return null;
  const leftMs = estimatedEndAtMs - nowMs;
  return leftMs > 0 && leftMs <= endsSoonMs ? estimatedEndAtMs : null;
}

/** What a caller can do alone, whoever supplied the sensor. */
const alone: ReadonlySet<StepCode> = new Set([
  "nothing",
  "start",
  "wait",
  "phone",
  "phone-stays-near",
  "look-up-later",
]);
const reported: ReadonlySet<StepCode> = new Set(["report", "replace-and-report"]);
const replaced: ReadonlySet<StepCode> = new Set(["replace", "replace-and-report"]);

/** The step where the wearer has another sensor already, worn or to be started. */
function stepWith({ state, isRecalled }: OtherSensor, isReport: boolean): StepCode {
  if (isRecalled && state === "activated") return isReport ? "report-and-look-up-other" : "look-up-other";
  if (isRecalled) return isReport ? "replace-and-report" : "replace";
  if (state === "bound") return isReport ? "start-other-and-report" : "start-other";
  return isReport ? "report" : "nothing";
}

/** The same where the vendor knows of it already. */
const stepOnceReported: Partial<Record<StepCode, StepCode>> = {
  report: "note-call",
  "replace-and-report": "replace",
  "start-other-and-report": "start-other",
  "report-and-look-up-other": "look-up-other",
};

/** Of these nothing is the matter with the sensor, or nothing that another one that is worn would explain. */
const goesOn: ReadonlySet<SayingCode> = new Set(["working", "upload-late", "warming-up", "patchy", "poor"]);

/** Besides a sensor that need not be replaced: the other one that is worn is named, and may be the one that matters. */
function besideOther(
  own: OwnAdvice,
  other: OtherSensor | null,
): Pick<Advice, "saying" | "step" | "replacement"> {
  const { saying, step } = own;
  if (other?.state !== "activated" || goesOn.has(saying)) return { saying, step, replacement: null };
  if (saying === "bound" && !other.isRecalled)
    return { saying: "bound-later", step: "start-later", replacement: other };
  if (step === "report")
    return { saying, step: other.isRecalled ? "report-and-look-up-other" : step, replacement: other };
  const isOfOther = other.isRecalled || step === "phone" || step === "look-up-later";
  return { saying, step: isOfOther ? "look-up-other" : step, replacement: other };
}

/**
 * What to tell the caller about a device, and what is to be done next. The reasons are the verdict's claims;
 * `journey` is null where the device's data could not be read. A recall comes before all else. Of another partner's
 * sensor no more is promised than what the caller can do alone. Pure.
 */
export function adviceOf(
  device: Device,
  journey: DeviceJourney | null,
  nowMs: number,
  { isReported = false, recall = null }: KnownHere = {},
): Advice {
  if (recall) return ofRecall(device, journey, nowMs, recall);
  const plainly = ownAdviceOf(device, journey, nowMs);
  const own = { ...plainly, endsAtMs: endingOf(device, plainly, nowMs), recall: null };
  const isReplaced = replaced.has(own.step);
  if (device.owner.kind === "another-partner") {
    const isReferred = !alone.has(own.step);
    return {
      ...own,
      step: isReferred ? "refer" : own.step,
      replacement: isReplaced ? "needed" : null,
      and: isReferred ? "another-partner" : null,
    };
  }
  const isReport = reported.has(own.step);
  const { other } = device;
  const told = isReplaced
    ? { step: other ? stepWith(other, isReport) : own.step, replacement: other ?? ("needed" as const) }
    : besideOther(own, other);
  return {
    ...own,
    ...told,
    step: (isReported && stepOnceReported[told.step]) || told.step,
    and: isReport ? (isReported ? "reported" : "report") : null,
  };
}
