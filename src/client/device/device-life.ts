import type { Device } from "#contract/device.ts";
import { dayMs, type Span } from "#glucose/time.ts";
import { type DeviceDates, wornUntilMs } from "#sensor/life.ts";

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

/** Dated steps change places among themselves only, so that a drawn life never crosses its own lines. */
function inOrder(dates: readonly [Step, number | null][]): readonly [Step, number | null][] {
  const dated = dates.filter(([, atMs]) => atMs !== null).sort(([, a], [, b]) => Number(a) - Number(b));
  return dates.map((date) => (date[1] === null ? date : (dated.shift() ?? date)));
}

/** A device's life laid out on one scale. */
export function lifeOf(device: DeviceDates, nowMs: number): DeviceLife {
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
