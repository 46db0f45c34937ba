import type { Device, DeviceJourney } from "#contract/device.ts";
import { dayMs } from "#glucose/time.ts";
import { contradictionsIn } from "./life.ts";
import {
  type ClaimCode,
  type HeadlineCode,
  headlineOutOfUse,
  thresholds,
  type Verdict,
  verdictOf,
} from "./verdict.ts";

/** What to tell the caller. */
type SayingCode =
  | "contradiction"
  | "data-unread"
  | "silent-as-of"
  | "sensor-faulty"
  | "clock-off"
  | "upload-late"
  | "working-ends-soon"
  | Exclude<HeadlineCode, "ended-doubtful" | "irregular">;

/** What is to be done next. */
type StepCode =
  | "nothing"
  | "bind"
  | "start"
  | "wait"
  | "phone"
  | "replace"
  | "replace-and-report"
  | "report"
  | "refer"
  | "look-up-later";

export interface Advice {
  readonly saying: SayingCode;
  /** What is said besides: that it is reported, or that it is another partner's. */
  readonly and: "report" | "another-partner" | null;
  readonly step: StepCode;
  /** The time that the saying names: until when, since when, or when it ended; null where it names none. */
  readonly atMs: number | null;
  /** The length that it names; null where it names none. */
  readonly durationMs: number | null;
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
  poor: "phone",
  patchy: "phone",
  working: "nothing",
  irregular: "report",
  "ended-early": "replace-and-report",
  "ended-late": "replace",
  "ended-on-time": "replace",
  "ended-doubtful": "report",
  ended: "replace",
};

/** Whether more of the time without data is the sensor's own than anything else's. */
function isSensorSilent({ gaps }: DeviceJourney): boolean {
  const lengthMs = (isOwn: boolean) =>
    gaps
      .filter(({ cause }) => (cause === "not-measured") === isOwn)
      .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return lengthMs(true) > lengthMs(false);
}

type OwnAdvice = Omit<Advice, "and">;

const plain = (
  saying: SayingCode,
  step: StepCode,
  atMs: number | null = null,
  durationMs: number | null = null,
): OwnAdvice => ({ saying, step, atMs, durationMs });

/** Of a sensor that sends what is expected. */
function ofWorking(
  { estimatedEndAtMs }: Device,
  { lastReadingMs }: DeviceJourney,
  isLate: boolean,
  nowMs: number,
) {
  if (isLate) return plain("upload-late", "phone");
  if (estimatedEndAtMs !== null && estimatedEndAtMs - nowMs <= endsSoonMs)
    return plain("working-ends-soon", "nothing", estimatedEndAtMs);
  return plain("working", "nothing", lastReadingMs);
}

/** Of a device in use. */
function ofVerdict(
  device: Device,
  journey: DeviceJourney,
  { headline, durationMs, claims }: Verdict,
  nowMs: number,
): OwnAdvice {
  const step = stepOf[headline];
  const has = (code: ClaimCode) => claims.some((claim) => claim.code === code);
  switch (headline) {
    case "warming-up": {
      const { activatedAtMs } = device;
      return plain(headline, step, activatedAtMs === null ? null : activatedAtMs + thresholds.warmUpMs);
    }
    case "silent":
      return journey.stale
        ? plain("silent-as-of", "look-up-later", journey.asOfMs)
        : plain(headline, step, journey.lastReadingMs);
    case "overdue":
      return plain(headline, step, device.estimatedEndAtMs, durationMs);
    case "poor":
    case "patchy":
      return isSensorSilent(journey) ? plain("sensor-faulty", "report") : plain(headline, step);
    case "irregular":
      return plain(has("sensor-silent") && !has("restarts") ? "sensor-faulty" : "clock-off", step);
    case "working":
      return ofWorking(device, journey, has("late-uploads"), nowMs);
    case "ended-doubtful":
      return plain("contradiction", step);
    default:
      return plain(headline, step, null, durationMs);
  }
}

/** As if it were one of ours. */
function ownAdviceOf(device: Device, journey: DeviceJourney | null, nowMs: number): OwnAdvice {
  const hasDataAfterEnd = (journey?.afterEnd ?? 0) > 0;
  if (hasDataAfterEnd || contradictionsIn(device, nowMs).length > 0) return plain("contradiction", "report");
  const outOfUse = headlineOutOfUse(device, hasDataAfterEnd, nowMs);
  if (outOfUse) {
    const [headline, durationMs] = outOfUse;
    if (headline === "ended-doubtful" || headline === "irregular") return plain("contradiction", "report");
    return plain(headline, stepOf[headline], device.endedAtMs, durationMs);
  }
  if (!journey) return plain("data-unread", "look-up-later");
  return ofVerdict(device, journey, verdictOf(device, journey, nowMs), nowMs);
}

/** What a caller can do alone, whoever supplied the sensor. */
const alone: ReadonlySet<StepCode> = new Set(["start", "wait", "phone", "look-up-later"]);
const reported: ReadonlySet<StepCode> = new Set(["report", "replace-and-report"]);

/**
 * What to tell the caller about a device, and what is to be done next. The reasons are the verdict's claims;
 * `journey` is null where the device's data could not be read. Of another partner's sensor no more is promised
 * than what the caller can do alone. Pure.
 */
export function adviceOf(device: Device, journey: DeviceJourney | null, nowMs: number): Advice {
  const own = ownAdviceOf(device, journey, nowMs);
  if (device.owner.kind !== "another-partner")
    return { ...own, and: reported.has(own.step) ? "report" : null };
  return { ...own, step: alone.has(own.step) ? own.step : "refer", and: "another-partner" };
}
