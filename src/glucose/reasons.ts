import { causeOf } from "./data-cause.ts";
import {
  type GlucoseFigures,
  inRangeChangeOf,
  type JudgedPart,
  judgedParts,
  type Stretch,
  shareOf,
} from "./figures.ts";
import { freshnessOf } from "./freshness.ts";
import type { Limits } from "./limits.ts";
import { type NowState, nearLowMmolL } from "./now-state.ts";
import { type DataCause, type DeviceReasonKey, type ReasonKey, reasonKeys } from "./reason-keys.ts";
import { isDenseEnough } from "./statistics.ts";
import { type Goal, meetsGoal, percentOf, type Targets } from "./targets.ts";
import { hourMs, minuteMs } from "./time.ts";
import { lateAfterMs } from "./upload-delays.ts";

export interface Reason {
  readonly key: ReasonKey;
  /** What was found and what it is held against: per cent, points, minutes, nights, times or Unix ms. */
  readonly value: number;
  readonly limit: number;
  /** One day less would turn it; of shares only. */
  readonly isBorderline?: boolean;
  /** Since when, Unix ms. */
  readonly sinceMs?: number;
  /** It may have been so for longer. */
  readonly isAtLeast?: boolean;
  /** The platform's code, of what is now. */
  readonly trend?: number | null;
  /** How many days were looked at, where it is not always the same. */
  readonly days?: number;
  readonly cause?: DataCause;
  /** A fault of the data explains it: it moves nobody up. Never of a low. */
  readonly explainedBy?: ReasonKey;
}

/** The sensor of the latest reading; null where the platform would not tell. */
interface ReasonSensor {
  readonly estimatedEndAtMs: number | null;
  readonly endedAtMs: number | null;
}

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
}

export const noDeviceFacts: DeviceFacts = { bound: null, clockOffAtMs: null, recalledAtMs: null };

export interface DeviceKnown {
  readonly registeredAtMs: number;
  readonly figures: DataFigures | null;
  /** When the platform last told: of later nobody knows. */
  readonly checkedAtMs: number | null;
  readonly lastReadingAtMs: number | null;
  readonly sensor: ReasonSensor | null;
  readonly facts: DeviceFacts;
}

export interface Known extends DeviceKnown {
  readonly figures: GlucoseFigures | null;
  readonly targets: Targets;
}

export type DeviceReason = Reason & { readonly key: DeviceReasonKey };

/** An end so far before the expected one is early. */
const endToleranceMs = 2 * hourMs;
const fallingTrends = [10, 20];

/** Everything to look at somebody for at `nowMs`, the most urgent first. */
export function reasonsOf(known: Known, limits: Limits, nowMs: number): Reason[] {
  const { figures } = known;
  return inOrder([
    ...(figures ? nowReasons(figures, limits, nowMs) : []),
    ...(figures ? glucoseReasons(figures, known.targets, limits) : []),
    ...dataReasons(known, limits, nowMs),
  ]);
}

/** Those of them that are reckoned without glucose, the most urgent first. */
export const deviceReasonsOf = (known: DeviceKnown, limits: Limits, nowMs: number): DeviceReason[] =>
  inOrder(dataReasons(known, limits, nowMs));

const inOrder = <R extends Reason>(reasons: R[]): R[] =>
  reasons.sort((a, b) => reasonKeys.indexOf(a.key) - reasonKeys.indexOf(b.key));

/** Silence does not end a low: so long it stands that the last reading was one. */
const lastLowMs = 24 * hourMs;

/** Of somebody whose latest reading is too old to speak for now: whether it was low. */
function lastReasons({ timeMs, band }: NowState, nowMs: number): Reason[] {
  if (nowMs - timeMs > lastLowMs || (band !== "very-low" && band !== "low")) return [];
  return [{ key: `${band}-last`, value: 0, limit: 0, sinceMs: timeMs }];
}

function nowReasons({ now }: GlucoseFigures, limits: Limits, nowMs: number): Reason[] {
  if (!now) return [];
  if (freshnessOf(now.timeMs, nowMs) !== "current") return lastReasons(now, nowMs);
  const { band, sinceMs, isAtLeast, trend, isNearLow } = now;
  const forMin = Math.round((now.timeMs - sinceMs) / minuteMs);
  const since = { sinceMs, isAtLeast, trend };
  if (band === "very-low") return [{ key: "very-low-now", value: forMin, limit: 0, ...since }];
  if (band === "low") return [{ key: "low-now", value: forMin, limit: 0, ...since }];
  if (trend !== null && fallingTrends.includes(trend) && isNearLow)
    return [{ key: "falling-near-low", value: 0, limit: nearLowMmolL, trend }];
  if (band === "very-high" && forMin >= limits.highForMin)
    return [{ key: "high-for-long", value: forMin, limit: limits.highForMin, ...since }];
  return [];
}

const keyOfPart: Record<JudgedPart, ReasonKey> = {
  veryLow: "very-low",
  belowRange: "low",
  inRange: "in-range",
  aboveRange: "high",
  veryHigh: "very-high",
};

const edgeOf = (goal: Goal): number => ("min" in goal ? goal.min : goal.max);

/**
 * Whether the goal might be met were all the data there: had it been in the range for all the time without. Never of
 * a low.
 */
function mayBeForWantOfData(part: JudgedPart, share: number, goal: Goal, knownShare: number): boolean {
  if (part === "veryLow" || part === "belowRange") return false;
  return meetsGoal(share * knownShare + (part === "inRange" ? 1 - knownShare : 0), goal);
}

const isEnough = (stretch: Omit<Stretch, "timeIn" | "publishedTimeIn">): boolean => isDenseEnough(stretch);

function glucoseReasons(figures: GlucoseFigures, { goals }: Targets, limits: Limits): Reason[] {
  const fortnight = figures.last[14];
  const reasons: Reason[] = [];
  if (fortnight?.timeIn) {
    const { timeIn } = fortnight;
    const isThin = !isEnough(fortnight);
    for (const part of judgedParts) {
      const goal = goals[part];
      const share = shareOf(timeIn, part);
      if (!goal || meetsGoal(share, goal)) continue;
      const key = keyOfPart[part];
      reasons.push({
        key,
        value: percentOf(share),
        limit: edgeOf(goal),
        isBorderline: figures.borderline.includes(part),
        ...(isThin &&
          mayBeForWantOfData(part, share, goal, fortnight.activeShare) && {
            explainedBy: "little-data" as const,
          }),
      });
    }
  }
  const { week } = figures;
  if (week.extendedLows >= limits.extendedLows)
    reasons.push({ key: "extended-lows", value: week.extendedLows, limit: limits.extendedLows });
  if (week.nightsWithLows >= limits.nightsWithLows)
    reasons.push({ key: "night-lows", value: week.nightsWithLows, limit: limits.nightsWithLows });
  return [...reasons, ...fellReason(figures, limits)];
}

function fellReason({ last, before }: GlucoseFigures, limits: Limits): Reason[] {
  const [week, earlier] = [last[7], before[7]];
  if (!week?.timeIn || !earlier?.timeIn || !isEnough(earlier)) return [];
  const change = inRangeChangeOf({ last, before });
  if (change === null || -change <= limits.fellByPoints) return [];
  const { activeShare, timeIn } = week;
  const atBest = percentOf(timeIn["in-range"] * activeShare + 1 - activeShare);
  const limit = percentOf(earlier.timeIn["in-range"]);
  return [
    {
      key: "in-range-fell",
      value: percentOf(timeIn["in-range"]),
      limit,
      ...(!isEnough(week) &&
        limit - atBest <= limits.fellByPoints && { explainedBy: "little-data" as const }),
    },
  ];
}

/** Whether a sensor is on somebody's body, as far as anybody knows. */
const isWorn = (sensor: ReasonSensor | null, nowMs: number): boolean =>
  (sensor?.endedAtMs ?? Number.POSITIVE_INFINITY) > nowMs &&
  (sensor?.estimatedEndAtMs ?? Number.POSITIVE_INFINITY) > nowMs;

/** Within the first day nobody can have sent much. */
const firstDayMs = 24 * hourMs;
const notActivatedAfterMs = 24 * hourMs;
const clockRemembersMs = 7 * 24 * hourMs;

function dataReasons(known: DeviceKnown, limits: Limits, nowMs: number): DeviceReason[] {
  const { figures, checkedAtMs, lastReadingAtMs, sensor, facts } = known;
  const reasons = littleData(known, nowMs);
  if (facts.recalledAtMs !== null)
    reasons.push({ key: "recalled", value: facts.recalledAtMs, limit: 0, sinceMs: facts.recalledAtMs });
  if (checkedAtMs !== null && lastReadingAtMs !== null && isWorn(sensor, nowMs)) {
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
  if (clockOffAtMs !== null && nowMs - clockOffAtMs < clockRemembersMs && isWorn(sensor, nowMs))
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
  { checkedAtMs, lastReadingAtMs, sensor, facts: { bound } }: DeviceKnown,
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
  const { estimatedEndAtMs = null, endedAtMs = null } = sensor ?? {};
  const hasEnded = endedAtMs !== null && endedAtMs <= nowMs;
  if (hasEnded && estimatedEndAtMs !== null && endedAtMs < estimatedEndAtMs - endToleranceMs)
    reasons.push({ key: "ended-early", value: endedAtMs, limit: estimatedEndAtMs, sinceMs: endedAtMs });
  // Whoever has the next one needs none.
  else if (bound === null) {
    const endMs = endedAtMs ?? estimatedEndAtMs;
    // One that sends after its planned end has not ended.
    const isOver = hasEnded || (endMs !== null && endMs <= knownToMs && (lastReadingAtMs ?? 0) <= endMs);
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

/** The reason that decides somebody's place: the most urgent that no fault of the data explains. */
export const worstOf = (reasons: readonly Reason[]): Reason | null =>
  reasons.find(({ explainedBy }) => explainedBy === undefined) ?? null;

/** The instants after `nowMs` at which the reasons may be others though nothing new is known, ascending. */
export const turningPointsMs = (known: Known, limits: Limits, nowMs: number): number[] => {
  const measuredMs = known.figures?.now?.timeMs;
  return [
    ...(measuredMs === undefined
      ? []
      : [measuredMs + 15 * minuteMs + 1, measuredMs + lastLowMs + 1].filter((at) => at > nowMs)),
    ...deviceTurningPointsMs(known, limits, nowMs),
  ].sort((a, b) => a - b);
};

/** The same of the reasons about devices. */
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
