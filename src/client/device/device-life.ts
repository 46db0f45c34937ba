import type { Device } from "#contract/device.ts";
import { dayMs, minuteMs, type Span } from "#glucose/time.ts";

type Dates = Pick<Device, "state" | "boundAtMs" | "activatedAtMs" | "estimatedEndAtMs" | "endedAtMs">;

export type Step = "bound" | "activated" | "expected-end" | "ended";

/**
 * `open`: not reached, or nothing says that it was. `position` is 0..1 on
 * the drawn span; null without a date.
 */
export interface LifeStep {
  readonly step: Step;
  readonly atMs: number | null;
  readonly phase: "reached" | "ahead" | "open";
  readonly position: number | null;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface DeviceLife {
  /** Dated steps in the order of their dates, each undated one where it belongs in a usual life. */
  readonly steps: readonly LifeStep[];
  /** Everything is drawn to this scale; null when the platform gave no date at all. */
  readonly span: Span | null;
  readonly worn: Stretch | null;
  readonly left: Stretch | null;
  /** Null once the device has ended. */
  readonly nowPosition: number | null;
  /** The end of each full day of wear. */
  readonly dayPositions: readonly number[];
}

/** Two clocks that disagree by this much or less do not contradict each other. */
const clockToleranceMs = 5 * minuteMs;
/** More day marks than this would be a grey block. */
const mostDayMarks = 60;

/**
 * Steps a state implies even where the platform gives no date. An ended device may never have been activated.
 */
const impliedBy: Record<Device["state"], readonly Step[]> = {
  unbound: [],
  bound: ["bound"],
  activated: ["bound", "activated"],
  ended: ["bound", "ended"],
  unknown: [],
};

const isBefore = (earlierMs: number | null, laterMs: number | null) =>
  earlierMs !== null && laterMs !== null && earlierMs < laterMs;

/** Dated steps change places among themselves only, so that a drawn life never crosses its own lines. */
function inOrder(dates: readonly [Step, number | null][]): readonly [Step, number | null][] {
  const dated = dates.filter(([, atMs]) => atMs !== null).sort(([, a], [, b]) => Number(a) - Number(b));
  return dates.map((date) => (date[1] === null ? date : (dated.shift() ?? date)));
}

const wornUntilMs = (device: Dates, nowMs: number): number | null =>
  device.state === "ended" || device.endedAtMs !== null ? device.endedAtMs : nowMs;

/** A device's life laid out on one scale. */
export function lifeOf(device: Dates, nowMs: number): DeviceLife {
  const { state, boundAtMs, activatedAtMs, estimatedEndAtMs, endedAtMs } = device;
  const dates = inOrder([
    ["bound", boundAtMs],
    ["activated", activatedAtMs],
    ["expected-end", estimatedEndAtMs],
    ["ended", endedAtMs],
  ]);
  const isOver = state === "ended" || endedAtMs !== null;
  const drawnMs = dates.flatMap(([, atMs]) => atMs ?? []);
  const span =
    drawnMs.length === 0
      ? null
      : { startMs: Math.min(...drawnMs), endMs: Math.max(...drawnMs, ...(isOver ? [] : [nowMs])) };
  const positionOf = (atMs: number): number =>
    span && span.endMs > span.startMs
      ? Math.min(1, Math.max(0, (atMs - span.startMs) / (span.endMs - span.startMs)))
      : 0;
  const stretch = (fromMs: number | null, toMs: number | null): Stretch | null =>
    fromMs !== null && toMs !== null && fromMs < toMs
      ? { from: positionOf(fromMs), to: positionOf(toMs) }
      : null;

  const untilMs = wornUntilMs(device, nowMs);
  const days =
    activatedAtMs !== null && span ? Math.max(0, Math.floor((span.endMs - activatedAtMs) / dayMs)) : 0;
  return {
    steps: dates.map(([step, atMs]): LifeStep => {
      if (atMs === null)
        return { step, atMs, phase: impliedBy[state].includes(step) ? "reached" : "open", position: null };
      return { step, atMs, phase: atMs <= nowMs ? "reached" : "ahead", position: positionOf(atMs) };
    }),
    span,
    worn: stretch(activatedAtMs, untilMs),
    left: isOver ? null : stretch(untilMs, estimatedEndAtMs),
    nowPosition: isOver || !span ? null : positionOf(nowMs),
    dayPositions:
      days > mostDayMarks
        ? []
        : Array.from({ length: days }, (_, i) => positionOf((activatedAtMs ?? 0) + (i + 1) * dayMs)),
  };
}

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

export function wearOf(device: Dates, nowMs: number): Wear {
  const { state, activatedAtMs, estimatedEndAtMs, endedAtMs } = device;
  const untilMs = wornUntilMs(device, nowMs);
  const difference = (laterMs: number | null, earlierMs: number | null) =>
    laterMs !== null && earlierMs !== null ? laterMs - earlierMs : null;
  const length = (laterMs: number | null, earlierMs: number | null) => {
    const ms = difference(laterMs, earlierMs);
    return ms !== null && ms >= 0 ? ms : null;
  };
  const isWorn = state !== "ended" && endedAtMs === null && (state === "activated" || activatedAtMs !== null);
  // From dates that cannot all be true no length is given.
  const isOrdered =
    !isBefore(endedAtMs, activatedAtMs) &&
    !isBefore(endedAtMs, device.boundAtMs) &&
    !isBefore(estimatedEndAtMs, activatedAtMs);
  return {
    wornMs: length(untilMs, activatedAtMs),
    plannedMs: length(estimatedEndAtMs, activatedAtMs),
    leftMs: isWorn ? difference(estimatedEndAtMs, nowMs) : null,
    endedAfterExpectedMs: isOrdered ? difference(endedAtMs, estimatedEndAtMs) : null,
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
export function contradictionsIn(device: Dates, nowMs: number): Contradiction[] {
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
