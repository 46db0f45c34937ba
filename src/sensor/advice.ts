import type { Device, DeviceJourney, OtherSensor } from "#contract/device.ts";
import { dayMs } from "#glucose/time.ts";
import { type OwnAdvice, ownAdviceOf, type SayingCode, type StepCode } from "./own-advice.ts";
import { ofRecall, type Recalled } from "./recall-advice.ts";

export interface Advice extends OwnAdvice {
  /** That another one is needed, is worn already, or has to be started. */
  readonly replacement: "needed" | OtherSensor | null;
  /** What is said besides: that it will be or is reported, or that its partner helps further, who is the next step then. */
  readonly and: "report" | "reported" | "another-partner" | null;
  /** When a sensor in use ends, where that is soon; else null. */
  readonly endsAtMs: number | null;
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
const goesOn: ReadonlySet<SayingCode> = new Set([
  "working",
  "upload-late",
  "warming-up",
  "warming-up-late",
  "patchy",
  "poor",
]);

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
