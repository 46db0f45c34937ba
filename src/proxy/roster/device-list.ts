import type { DeviceRow } from "#contract/device-worklist.ts";
import { isHandedOn, isToSupport, type PatientMarks } from "#contract/patient-marks.ts";
import type { RosterRow } from "#contract/roster.ts";
import {
  type DeviceKnown,
  type DeviceReason,
  deviceReasonsOf,
  deviceTurningPointsMs,
  noDeviceFacts,
} from "#glucose/device-reasons.ts";
import type { Limits } from "#glucose/limits.ts";
import { type DeviceReasonKey, deviceReasonKeys } from "#glucose/reason-keys.ts";
import { areDatesInDoubt } from "#glucose/sensor-dates.ts";
import { percentOf } from "#glucose/targets.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import type { PatientFigures } from "../store/patient-figures.ts";
import { createMoments } from "./moments.ts";
import { isPutOff, newSinceReview, stateOf } from "./row-state.ts";
import { none } from "./sort.ts";

type State = DeviceRow["state"];

/**
 * What the list of devices is ordered and narrowed by, by columns. Whoever is in it, and where, follows from
 * sensors, phones and hand-overs alone: nothing here is given a figure of glucose.
 */
export interface DeviceList {
  put(
    member: number,
    row: RosterRow,
    figures: DeviceKnown["figures"],
    aroseMs: PatientFigures["aroseMs"],
  ): void;
  has(member: number, key: DeviceReasonKey, nowMs: number): boolean;
  /** Null for who is not in the list. */
  stateOf(member: number, nowMs: number): State | null;
  isHandedOver(member: number): boolean;
  /**
   * A column of keys, the most urgent first: those handed over, then by the reason, and of each those who wait
   * longest, but of sensors that end soon the one that ends first; behind them whom support has handed on. See
   * `byKey`.
   */
  urgency(nowMs: number): Float64Array;
}

/** Now, and as many turning points as there can be. */
const mostMoments = 8;
const ranks = { handedOver: 0, firstReason: 1, handedOn: 28, snoozed: 29, reviewed: 30, none: 31 } as const;
/** For so long who was handed over and has no reason stands among those dealt with. */
const dealtWithForMs = 7 * dayMs;
/** Nobody was registered before. */
const epochMs = Date.UTC(2020, 0, 1);
const endsSoon = deviceReasonKeys.indexOf("ends-soon");

/** The end of what a review of a hand-over keeps in the list; null where there was none. */
const dealtWithUntilMs = (marks: PatientMarks | null): number | null => {
  const review = marks?.devices?.review;
  return review?.before?.handOver ? review.atMs + dealtWithForMs : null;
};

/**
 * Who is handed over is in the list without a reason too, until the row is put off or reviewed after that, and
 * for a week more among those dealt with.
 */
function markedStateOf(
  reasons: readonly DeviceReason[],
  marks: PatientMarks | null,
  nowMs: number,
): State | null {
  const own = marks?.devices ?? null;
  if (marks?.handOver && isToSupport(marks.handOver)) {
    const snooze = own?.snooze ?? null;
    const isAfter = snooze !== null && snooze.atMs >= marks.handOver.atMs;
    return isAfter && isPutOff(reasons, snooze, nowMs) ? "snoozed" : "open";
  }
  const state = stateOf(reasons, own, nowMs);
  if (state !== "none") return state;
  return nowMs < (dealtWithUntilMs(marks) ?? 0) ? "reviewed" : null;
}

/** Of a recall nothing but that the wearer was told is an end, which takes the reason away; a date may come before. */
export function deviceStateOf(
  reasons: readonly DeviceReason[],
  marks: PatientMarks | null,
  nowMs: number,
): State | null {
  const state = markedStateOf(reasons, marks, nowMs);
  const isForGood = state === "reviewed" || (state === "snoozed" && !marks?.devices?.snooze?.untilMs);
  return isForGood && reasons.some(({ key }) => key === "recalled") ? "open" : state;
}

const deviceKnownOf = (
  { status, createdAtMs }: Pick<RosterRow, "status" | "createdAtMs">,
  figures: DeviceKnown["figures"],
): DeviceKnown => ({
  registeredAtMs: createdAtMs,
  figures,
  checkedAtMs: status?.checkedAtMs ?? null,
  facts: status?.facts ?? noDeviceFacts,
  lastReadingAtMs: status?.lastReadingAtMs ?? null,
  sensor: status?.sensor ?? null,
});

/** Since when a row waits for what it shows first: the hand-over, or the most urgent reason. */
function waitingSinceMs(
  reasons: readonly DeviceReason[],
  marks: PatientMarks | null,
  aroseMs: PatientFigures["aroseMs"],
): number | null {
  const handOver = marks?.handOver ?? null;
  if (handOver && isToSupport(handOver)) return handOver.atMs;
  const [first] = reasons;
  return first ? (first.sinceMs ?? aroseMs[first.key] ?? null) : null;
}

const minutesSince = (timeMs: number, fromMs: number) =>
  Math.max(0, Math.floor((timeMs - fromMs) / minuteMs));

/** 14 bits for the minutes to the end, a week at most, and 13 for how long it was waited, in steps of two minutes. */
const soonestFirst = (endMs: number, sinceMs: number, nowMs: number) =>
  minutesSince(endMs, nowMs) * 2 ** 13 +
  2 ** 13 -
  1 -
  Math.min(2 ** 13 - 1, Math.floor(minutesSince(nowMs, sinceMs) / 2));

export function createDeviceList(limits: Limits, now: () => number): DeviceList {
  const moments = createMoments(mostMoments);
  /** By member and moment: which reasons (a bit each), and the place that they give. */
  const masks: number[] = [];
  const places: number[] = [];
  const sinceMs: number[] = [];
  /** Of who stands among those whose sensor ends soon, when it does. */
  const endsAtMs: (number | null)[] = [];
  const handedOver: boolean[] = [];

  const rankOf = (
    state: State | null,
    reasons: readonly DeviceReason[],
    marks: PatientMarks | null,
  ): number => {
    if (state === null) return ranks.none;
    if (state !== "open") return ranks[state];
    if (marks && isHandedOn(marks)) return ranks.handedOn;
    if ((marks?.handOver && isToSupport(marks.handOver)) || !reasons[0]) return ranks.handedOver;
    return ranks.firstReason + deviceReasonKeys.indexOf(reasons[0].key);
  };

  return {
    put: (member, { status, marks, createdAtMs }, figures, aroseMs) => {
      const known = deviceKnownOf({ status, createdAtMs }, figures);
      const nowMs = now();
      const endsMs = [marks?.devices?.snooze?.untilMs ?? 0, dealtWithUntilMs(marks) ?? 0];
      const turns = moments.put(member, [
        nowMs,
        ...[
          ...(status ? deviceTurningPointsMs(known, limits, nowMs) : []),
          ...endsMs.filter((endMs) => endMs > nowMs),
        ].sort((a, b) => a - b),
      ]);
      for (let index = 0; index < mostMoments; index += 1) {
        const turnMs = turns[index];
        const reasons = turnMs === undefined || !status ? [] : deviceReasonsOf(known, limits, turnMs);
        const at = member * mostMoments + index;
        masks[at] = reasons.reduce((mask, { key }) => mask | (1 << deviceReasonKeys.indexOf(key)), 0);
        places[at] = rankOf(deviceStateOf(reasons, marks, turnMs ?? nowMs), reasons, marks);
        sinceMs[at] = waitingSinceMs(reasons, marks, aroseMs) ?? createdAtMs;
        const first = places[at] === ranks.firstReason + endsSoon ? reasons[0] : undefined;
        endsAtMs[at] = first?.value ?? null;
      }
      handedOver[member] = marks?.handOver ? isToSupport(marks.handOver) : false;
    },
    has: (member, key, nowMs) =>
      ((masks[moments.at(member, nowMs)] ?? 0) >> deviceReasonKeys.indexOf(key)) % 2 === 1,
    stateOf: (member, nowMs) => {
      const rank = places[moments.at(member, nowMs)] ?? ranks.none;
      if (rank === ranks.none) return null;
      if (rank === ranks.reviewed) return "reviewed";
      return rank === ranks.snoozed ? "snoozed" : "open";
    },
    isHandedOver: (member) => handedOver[member] ?? false,
    urgency: (nowMs) => {
      const column = new Float64Array(handedOver.length);
      for (let member = 0; member < column.length; member += 1) {
        const at = moments.at(member, nowMs);
        const rank = places[at] ?? ranks.none;
        const since = sinceMs[at] ?? 0;
        const endMs = endsAtMs[at] ?? null;
        const within = endMs === null ? minutesSince(since, epochMs) : soonestFirst(endMs, since, nowMs);
        column[member] = rank === ranks.none ? none : rank * 2 ** 27 + Math.min(within, 2 ** 27 - 1);
      }
      return column;
    },
  };
}

/** A row as it is kept: who did something is an ID still. */
export interface KeptDeviceRow
  extends Omit<DeviceRow, "case" | "handOver" | "review" | "snooze">,
    Pick<PatientMarks, "handOver"> {
  readonly marks: PatientMarks["devices"];
}

/** What the list of devices says of somebody; null for who is not in it. */
export function deviceRowOf(
  { id, name, partnerUid, timeZone, status, marks, createdAtMs }: RosterRow,
  kept: PatientFigures | null,
  limits: Limits,
  nowMs: number,
): KeptDeviceRow | null {
  const figures: DeviceKnown["figures"] = kept?.figures ?? null;
  const reasons = status
    ? deviceReasonsOf(deviceKnownOf({ status, createdAtMs }, figures), limits, nowMs)
    : [];
  const state = deviceStateOf(reasons, marks, nowMs);
  if (state === null) return null;
  const fresh = newSinceReview(reasons, marks?.devices ?? null, nowMs);
  const days = figures?.last[14] ? 14 : 7;
  const stretch = figures?.last[days];
  return {
    patientId: id,
    name,
    partnerUid,
    timeZone,
    asOfMs: Math.min(kept?.figures.asOfMs ?? nowMs, status?.checkedAtMs ?? nowMs),
    lastReadingAtMs: status?.lastReadingAtMs ?? null,
    sensor: status?.sensor ?? null,
    isInDoubt: areDatesInDoubt(status?.sensor ?? null, status?.lastReadingAtMs ?? null),
    bound: status?.facts.bound?.serial ?? null,
    recalled: status?.facts.recalledAtMs == null ? null : (status.facts.recalledSerial ?? null),
    data: stretch ? { percent: percentOf(stretch.activeShare), days } : null,
    reasons: reasons.map(({ key, value, limit, sinceMs, days, cause }) => ({
      key,
      value,
      limit,
      sinceMs,
      days,
      cause,
      aroseMs: kept?.aroseMs[key],
      isNew: fresh.includes(key),
    })),
    state,
    waitingSinceMs: waitingSinceMs(reasons, marks, kept?.aroseMs ?? {}),
    handOver: marks?.handOver ?? null,
    marks: marks?.devices,
  };
}
