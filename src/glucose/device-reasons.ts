import { causeOf } from "./data-cause.ts";
import type { GlucoseFigures, Stretch } from "./figures.ts";
import type { Limits } from "./limits.ts";
import { inOrder, type Reason } from "./reason.ts";
import type { DeviceReasonKey } from "./reason-keys.ts";
import { areDatesInDoubt, isOverByPlan, type SensorDates } from "./sensor-dates.ts";
import { isDenseEnough } from "./statistics.ts";
import { percentOf } from "./targets.ts";
import { hourMs, minuteMs } from "./time.ts";
import { lateAfterMs } from "./upload-delays.ts";

/** How complete somebody's data is: no figure of glucose. */
interface DataFigures extends Pick<GlucoseFigures, "begunMs" | "gapMs" | "usualDelayMs"> {
  readonly last: Readonly<Record<7 | 14, Omit<Stretch, "timeIn" | "publishedTimeIn"> | null>>;
  readonly week: Pick<GlucoseFigures["week"], "silences">;
}

/** What is known of somebody's sensors besides the dates of the one of the latest reading. */
export interface DeviceFacts {
  /** The latest that is bound to them and was not activated yet. */
  readonly bound: { readonly serial: string; readonly atMs: number | null } | null;
  /** When the times of the one of the latest reading were off last. */
  readonly clockOffAtMs: number | null;
  /** When a recall was begun that has one that they wear, and that they were not told of yet. */
  readonly recalledAtMs: number | null;
  /** Which one that is. */
  readonly recalledSerial?: string | null | undefined;
  /** When what its recall tells wearers was changed, where they had been told before that. */
  readonly recallChangedAtMs?: number | null | undefined;
}

export const noDeviceFacts: DeviceFacts = { bound: null, clockOffAtMs: null, recalledAtMs: null };

export interface DeviceKnown {
  readonly registeredAtMs: number;
  readonly figures: DataFigures | null;
  /** When the platform last told: of later nobody knows. */
  readonly checkedAtMs: number | null;
  readonly lastReadingAtMs: number | null;
  readonly sensor: SensorDates | null;
  readonly facts: DeviceFacts;
}

export type DeviceReason = Reason & { readonly key: DeviceReasonKey };

/** An end so far before the expected one is early. */
const endToleranceMs = 2 * hourMs;

/** What there is to look at somebody for that is reckoned without glucose, the most urgent first. */
export const deviceReasonsOf = (known: DeviceKnown, limits: Limits, nowMs: number): DeviceReason[] =>
  inOrder(dataReasons(known, limits, nowMs));

/** Whether a sensor is on somebody's body, as far as anybody knows. */
const isWorn = ({ sensor, lastReadingAtMs }: DeviceKnown, nowMs: number): boolean =>
  areDatesInDoubt(sensor, lastReadingAtMs) ||
  ((sensor?.endedAtMs ?? Number.POSITIVE_INFINITY) > nowMs &&
    (sensor?.estimatedEndAtMs ?? Number.POSITIVE_INFINITY) > nowMs);

/** Within the first day nobody can have sent much. */
const firstDayMs = 24 * hourMs;
const notActivatedAfterMs = 24 * hourMs;
const clockRemembersMs = 7 * 24 * hourMs;

function dataReasons(known: DeviceKnown, limits: Limits, nowMs: number): DeviceReason[] {
  const { figures, checkedAtMs, lastReadingAtMs, facts } = known;
  const reasons = littleData(known, nowMs);
  if (facts.recalledAtMs !== null) {
    const changedAtMs = facts.recallChangedAtMs ?? 0;
    const sinceMs = changedAtMs || facts.recalledAtMs;
    reasons.push({ key: "recalled", value: facts.recalledAtMs, limit: changedAtMs, sinceMs });
  }
  if (checkedAtMs !== null && lastReadingAtMs !== null && isWorn(known, nowMs)) {
    const lateMs = lateAfterMs(figures?.usualDelayMs ?? null);
    // Nobody is silent for a time in which the platform was not read.
    const silentMs = checkedAtMs - lastReadingAtMs;
    if (silentMs > lateMs)
      reasons.push({
        key: "silent",
        value: Math.round(silentMs / minuteMs),
        limit: Math.round(lateMs / minuteMs),
        sinceMs: lastReadingAtMs,
      });
  }
  if (figures && figures.week.silences >= limits.silencesAWeek)
    reasons.push({ key: "often-silent", value: figures.week.silences, limit: limits.silencesAWeek });
  const { clockOffAtMs } = facts;
  if (clockOffAtMs !== null && nowMs - clockOffAtMs < clockRemembersMs && isWorn(known, nowMs))
    reasons.push({ key: "clock-off", value: clockOffAtMs, limit: 0, sinceMs: clockOffAtMs });
  return [...reasons, ...wearReasons(known, limits, nowMs)];
}

/** Since when somebody's data of a stretch can be there: since their first reading, where that lies within it. */
const dataSinceMs = ({ startMs }: Pick<Stretch, "startMs">, begunMs: number | null): number =>
  Math.max(startMs, begunMs ?? startMs);

function littleData(
  { registeredAtMs, figures, lastReadingAtMs }: DeviceKnown,
  nowMs: number,
): DeviceReason[] {
  if (!figures || (lastReadingAtMs === null && nowMs - registeredAtMs < firstDayMs)) return [];
  const { begunMs } = figures;
  if (begunMs !== null && nowMs - begunMs < firstDayMs) return [];
  // Of the week too: what fell since the week before may have fallen for want of data.
  for (const days of [14, 7] as const) {
    const stretch = figures.last[days];
    if (!stretch) continue;
    const sinceMs = dataSinceMs(stretch, begunMs);
    const lengthMs = stretch.endMs - sinceMs;
    const coveredShare = Math.min(1, (stretch.coveredShare * (stretch.endMs - stretch.startMs)) / lengthMs);
    if (isDenseEnough({ ...stretch, coveredShare })) continue;
    return [
      {
        key: "little-data",
        value: percentOf(Math.min(stretch.activeShare, coveredShare)),
        limit: 70,
        days: sinceMs > stretch.startMs ? Math.max(1, Math.round(lengthMs / (24 * hourMs))) : days,
        cause: lastReadingAtMs === null ? "never-sent" : causeOf(figures.gapMs),
      },
    ];
  }
  return [];
}

/** What is to be said of the end of a sensor and of the one after it. */
function wearReasons(
  { figures, checkedAtMs, lastReadingAtMs, sensor, facts: { bound } }: DeviceKnown,
  limits: Limits,
  nowMs: number,
): DeviceReason[] {
  const reasons: DeviceReason[] = [];
  // Whether it was started, or sends on, since the platform was last read nobody knows.
  const knownToMs = Math.min(nowMs, checkedAtMs ?? 0);
  if (bound !== null && bound.atMs !== null && knownToMs - bound.atMs >= notActivatedAfterMs)
    reasons.push({
      key: "not-activated",
      value: Math.floor((knownToMs - bound.atMs) / minuteMs),
      limit: notActivatedAfterMs / minuteMs,
      sinceMs: bound.atMs,
    });
  if (areDatesInDoubt(sensor, lastReadingAtMs)) return reasons;
  const { estimatedEndAtMs = null, endedAtMs = null } = sensor ?? {};
  const hasEnded = endedAtMs !== null && endedAtMs <= nowMs;
  if (hasEnded && estimatedEndAtMs !== null && endedAtMs < estimatedEndAtMs - endToleranceMs)
    reasons.push({ key: "ended-early", value: endedAtMs, limit: estimatedEndAtMs, sinceMs: endedAtMs });
  // Whoever has the next one needs none.
  else if (bound === null) {
    const endMs = endedAtMs ?? estimatedEndAtMs;
    const isSilent = knownToMs - (lastReadingAtMs ?? 0) > lateAfterMs(figures?.usualDelayMs ?? null);
    const isOver = hasEnded || isOverByPlan(endMs, lastReadingAtMs, isSilent, knownToMs);
    if (endMs !== null && isOver) reasons.push({ key: "ended", value: endMs, limit: 0, sinceMs: endMs });
    const leftMs = (estimatedEndAtMs ?? 0) - nowMs;
    if (
      estimatedEndAtMs !== null &&
      endedAtMs === null &&
      leftMs > 0 &&
      leftMs <= limits.endsWithinHours * hourMs
    )
      reasons.push({ key: "ends-soon", value: estimatedEndAtMs, limit: limits.endsWithinHours });
  }
  return reasons;
}

/** The instants after `nowMs` at which these reasons may be others though nothing new is known, ascending. */
export function deviceTurningPointsMs(
  { registeredAtMs, figures, sensor, facts: { clockOffAtMs } }: DeviceKnown,
  limits: Limits,
  nowMs: number,
): number[] {
  const endMs = sensor?.estimatedEndAtMs ?? null;
  const points = [
    registeredAtMs + firstDayMs,
    typeof figures?.begunMs === "number" && figures.begunMs + firstDayMs,
    endMs !== null && endMs - limits.endsWithinHours * hourMs,
    endMs,
    clockOffAtMs !== null && clockOffAtMs + clockRemembersMs,
  ];
  return points.filter((at): at is number => typeof at === "number" && at > nowMs).sort((a, b) => a - b);
}
