import type { Reason as MarkedReason, Review, Snooze } from "#contract/patient-marks.ts";
import type { WorklistEntry } from "#contract/worklist.ts";
import { lastKeys } from "#glucose/now-reasons.ts";
import type { Reason } from "#glucose/reason.ts";
import type { ReasonKey } from "#glucose/reason-keys.ts";
import { minuteMs } from "#glucose/time.ts";

/** By so much a figure has to be worse than it was when somebody was marked; those without never are. */
const worseBy: Partial<Record<ReasonKey, number>> = {
  "very-low": 0.5,
  low: 1,
  "very-high": 2,
  high: 5,
  "in-range": -5,
  "in-range-fell": -5,
  "little-data": -10,
  "night-lows": 1,
  "extended-lows": 1,
  "often-silent": 2,
};

/** A low that goes on for so long after somebody was marked is a worse one. */
const worseAfterMs: Partial<Record<ReasonKey, number>> = {
  "very-low-now": 15 * minuteMs,
  "low-now": 30 * minuteMs,
};

/** What is called otherwise once readings have stopped coming is the same as it was. */
const wasNow = new Map<ReasonKey, string>(Object.entries(lastKeys).map(([now, last]) => [last, now]));

/** When one of the reasons is worse than at `atMs` if it goes on; `Infinity` where none is. */
export const worseFromMs = (reasons: readonly Reason[], atMs: number): number =>
  Math.min(...reasons.map(({ key }) => atMs + (worseAfterMs[key] ?? Number.POSITIVE_INFINITY)));

/** Whether a reason is another one or a worse one at `nowMs` than stood there at `atMs`. */
function isNew(reason: Reason, before: readonly MarkedReason[], atMs: number, nowMs: number): boolean {
  const known = before.find(({ key }) => key === reason.key || key === wasNow.get(reason.key));
  // A silence began before it was long enough to be a reason.
  if (!known) return true;
  if (reason.sinceMs !== undefined) return reason.sinceMs > atMs || worseFromMs([reason], atMs) <= nowMs;
  const step = worseBy[reason.key];
  if (step === undefined || known.value === null) return false;
  return step > 0 ? reason.value >= known.value + step : reason.value <= known.value + step;
}

/** What moves somebody up: a reason that no fault of the data explains. */
const moves = ({ explainedBy }: Reason) => explainedBy === undefined;

/** Since a mark there is nothing new and nothing worse. */
const isCovered = (
  reasons: readonly Reason[],
  { reasons: before, atMs }: Pick<Review, "atMs" | "reasons">,
  nowMs: number,
) => reasons.filter(moves).every((reason) => !isNew(reason, before, atMs, nowMs));

/** Those of one list; the clinicians' and that of devices each have their own. */
interface Marks {
  readonly review: Pick<Review, "atMs" | "reasons"> | null;
  readonly snooze: Snooze | null;
}

/** No low is suppressed: who is very low now comes back even from a snooze until a date alone. */
const bringsBack = (snooze: Snooze) => (reason: Reason) =>
  snooze.untilWorse || reason.key === "very-low-now" || reason.key === "very-low-last";

/** Whether a snooze stands. */
export function isPutOff(reasons: readonly Reason[], snooze: Snooze | null, nowMs: number): boolean {
  if (!snooze) return false;
  const isOver = snooze.untilMs !== null && snooze.untilMs <= nowMs;
  return !isOver && isCovered(reasons.filter(bringsBack(snooze)), snooze, nowMs);
}

/**
 * Where a row is: to be looked at; put off; reviewed, with nothing new or worse since; or without a reason.
 */
export function stateOf(
  reasons: readonly Reason[],
  marks: Marks | null,
  nowMs: number,
): WorklistEntry["state"] {
  if (!reasons.some(moves)) return "none";
  if (marks && isPutOff(reasons, marks.snooze, nowMs)) return "snoozed";
  const review = marks?.review;
  return review && isCovered(reasons, review, nowMs) ? "reviewed" : "open";
}

/** The reasons that are new or worse since the last review; all of them where there was none. */
export const newSinceReview = (
  reasons: readonly Reason[],
  marks: Marks | null,
  nowMs: number,
): ReasonKey[] => {
  const review = marks?.review;
  return reasons
    .filter((reason) => moves(reason) && (!review || isNew(reason, review.reasons, review.atMs, nowMs)))
    .map(({ key }) => key);
};
