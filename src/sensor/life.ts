import type { Device, DeviceJourney } from "#contract/device.ts";
import { clockToleranceMs } from "#glucose/sensor-dates.ts";
import { dayMs } from "#glucose/time.ts";

export type DeviceDates = Pick<
  Device,
  "state" | "boundAtMs" | "activatedAtMs" | "estimatedEndAtMs" | "endedAtMs"
>;

const isBefore = (earlierMs: number | null, laterMs: number | null) =>
  earlierMs !== null && laterMs !== null && earlierMs < laterMs;

/** Until when a device was worn; null where that is not known, as of a state that nobody knows. */
export const wornUntilMs = ({ state, endedAtMs }: DeviceDates, nowMs: number): number | null =>
  state === "ended" || endedAtMs !== null || state === "unknown" ? endedAtMs : nowMs;

export interface Wear {
  /** Null when it was never activated, or when its start or end is not known. */
  readonly wornMs: number | null;
  readonly plannedMs: number | null;
  /**
   * Below zero when the expected end has passed and the device has not ended;
   * null for one that is not being worn.
   */
  readonly leftMs: number | null;
  /** How long after its expected end it ended; below zero when it ended early. */
  readonly endedAfterExpectedMs: number | null;
}

/** Of dates in doubt no length is given. */
export function wearOf(device: DeviceDates, nowMs: number, journey?: Pick<DeviceJourney, "afterEnd">): Wear {
  if (areDatesInDoubt(device, journey, nowMs))
    return { wornMs: null, plannedMs: null, leftMs: null, endedAfterExpectedMs: null };
  const { state, activatedAtMs, estimatedEndAtMs, endedAtMs } = device;
  const untilMs = wornUntilMs(device, nowMs);
  const difference = (laterMs: number | null, earlierMs: number | null) =>
    laterMs !== null && earlierMs !== null ? laterMs - earlierMs : null;
  const length = (laterMs: number | null, earlierMs: number | null) => {
    const ms = difference(laterMs, earlierMs);
    return ms !== null && ms >= 0 ? ms : null;
  };
  const isWorn = state === "activated" && endedAtMs === null;
  return {
    wornMs: length(untilMs, activatedAtMs),
    plannedMs: length(estimatedEndAtMs, activatedAtMs),
    leftMs: isWorn ? difference(estimatedEndAtMs, nowMs) : null,
    endedAfterExpectedMs: difference(endedAtMs, estimatedEndAtMs),
  };
}

export type Contradiction =
  | "bound-without-date"
  | "activated-without-date"
  | "ended-without-date"
  | "activated-before-bound"
  | "ended-before-bound"
  | "ended-before-activated"
  | "expected-end-before-activated"
  | "state-behind-dates"
  | "date-in-future";

/**
 * What the platform says about a device that cannot all be true. Nothing is put
 * right; it is for the vendor to hear.
 */
export function contradictionsIn(device: DeviceDates, nowMs: number): Contradiction[] {
  const { state, boundAtMs, activatedAtMs, estimatedEndAtMs, endedAtMs } = device;
  const latestMs = nowMs + clockToleranceMs;
  const rules: [Contradiction, boolean][] = [
    ["bound-without-date", state === "bound" && boundAtMs === null],
    ["activated-without-date", state === "activated" && activatedAtMs === null],
    ["ended-without-date", state === "ended" && endedAtMs === null],
    ["activated-before-bound", isBefore(activatedAtMs, boundAtMs)],
    ["ended-before-bound", isBefore(endedAtMs, boundAtMs)],
    ["ended-before-activated", isBefore(endedAtMs, activatedAtMs)],
    ["expected-end-before-activated", isBefore(estimatedEndAtMs, activatedAtMs)],
    [
      "state-behind-dates",
      ((state === "unbound" || state === "bound") && (activatedAtMs !== null || endedAtMs !== null)) ||
        (state === "activated" && isBefore(endedAtMs, latestMs)),
    ],
    ["date-in-future", [boundAtMs, activatedAtMs, endedAtMs].some((atMs) => isBefore(latestMs, atMs))],
  ];
  return rules.flatMap(([name, holds]) => (holds ? name : []));
}

/** Nothing that follows from its dates is told as a fact: they contradict each other, or its data contradicts its end. */
export const areDatesInDoubt = (
  device: DeviceDates,
  journey: Pick<DeviceJourney, "afterEnd"> | null | undefined,
  nowMs: number,
): boolean => (journey?.afterEnd ?? 0) > 0 || contradictionsIn(device, nowMs).length > 0;

/** Its planned wear has passed, and for a day nothing has come from it. */
export function isOverByData(
  { estimatedEndAtMs }: Pick<Device, "estimatedEndAtMs">,
  { lastReadingMs, stale }: Pick<DeviceJourney, "lastReadingMs" | "stale">,
  nowMs: number,
): boolean {
  if (stale || estimatedEndAtMs === null || lastReadingMs === null) return false;
  return estimatedEndAtMs < nowMs && nowMs - lastReadingMs > dayMs;
}
