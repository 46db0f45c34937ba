import type { Device, DeviceJourney } from "#contract/device.ts";
import type { Advice } from "./advice.ts";
import { areDatesInDoubt, isOverByData } from "./life.ts";

export type RecallSaying =
  | "recalled"
  | "recalled-unused"
  | "recalled-ended"
  | "recalled-ended-untimed"
  | "recalled-unsure";

export type RecallStep =
  | "refer"
  | "recall"
  | "recall-find-out"
  | "recall-told"
  | "recall-still-worn"
  | "recall-note-call"
  | "look-up-other";

/** It is in a recall. */
export interface Recalled {
  /** What is noted of its wearer, and when. */
  readonly told: { readonly outcome: "contacted" | "replaced"; readonly atMs: number } | null;
  /** What wearers are told is noted. */
  readonly hasInstruction: boolean;
}

/** Whether it is worn, as far as state and data tell. */
function wearingOf(
  device: Device,
  journey: DeviceJourney | null,
  nowMs: number,
): "unused" | "worn" | "ended" | "unsure" {
  const { state, activatedAtMs, endedAtMs } = device;
  if (state === "unbound" || state === "bound")
    return activatedAtMs === null && endedAtMs === null ? "unused" : "unsure";
  if (state === "activated") return endedAtMs === null || endedAtMs > nowMs ? "worn" : "unsure";
  if (state !== "ended") return "unsure";
  return journey && journey.afterEnd > 0 && !isOverByData(device, journey, nowMs) ? "unsure" : "ended";
}

/**
 * Of a recalled sensor: what the recall says to wearers is for who may wear it and was not told yet; nobody is asked to
 * start one, or to take one off that is not worn.
 */
export function ofRecall(
  device: Device,
  journey: DeviceJourney | null,
  nowMs: number,
  { told, hasInstruction }: Recalled,
): Advice {
  const { owner, other, endedAtMs } = device;
  const use = wearingOf(device, journey, nowMs);
  const isTheirs = owner.kind === "another-partner";
  const atMs = use === "ended" && !areDatesInDoubt(device, journey, nowMs) ? endedAtMs : null;
  const mayBeWorn = use === "worn" || use === "unsure";
  const saying: RecallSaying =
    use === "worn"
      ? "recalled"
      : use === "ended" && atMs === null
        ? "recalled-ended-untimed"
        : `recalled-${use}`;
  const stepOf = (): RecallStep => {
    if (isTheirs) return "refer";
    if (use !== "worn" && other?.isRecalled && other.state === "activated") return "look-up-other";
    if (told) return told.outcome === "replaced" && use === "worn" ? "recall-still-worn" : "recall-told";
    if (owner.kind === "nobody") return "recall-note-call";
    return mayBeWorn && !hasInstruction ? "recall-find-out" : "recall";
  };
  const isNeeded = !mayBeWorn && !isTheirs && told?.outcome !== "replaced";
  return {
    saying,
    step: stepOf(),
    replacement: use === "worn" ? null : (other ?? (isNeeded ? "needed" : null)),
    and: isTheirs ? "another-partner" : null,
    atMs,
    durationMs: null,
    endsAtMs: null,
    share: null,
    recall: {
      told,
      // Who was told may wear it still, and asks what to do.
      isRead:
        mayBeWorn && (told ? told.outcome === "contacted" && hasInstruction : hasInstruction || !isTheirs),
    },
  };
}
