import { longestRangeMs } from "#contract/readings-range.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";

const weekMs = 7 * dayMs;
const futureToleranceMs = 5 * minuteMs;
/** Nothing here asks for more of a patient; a record from before that names a time that its sensor never saw. */
const longestAgoMs = longestRangeMs + dayMs;
/** All of one sensor, which may have ended long ago: nothing that measures like this is older. */
const longestSensorAgoMs = 10 * 366 * dayMs;

/** What was asked for. */
export interface Asked {
  openId?: string;
  serial?: string;
  range?: { startMs: number; endMs: number };
  nowMs: number;
}

/** A measurement of a time that can be. */
export const isTimely = (timeMs: number, { serial, range, nowMs }: Asked): boolean =>
  timeMs <= nowMs + futureToleranceMs &&
  timeMs >= nowMs - (serial !== undefined && range === undefined ? longestSensorAgoMs : longestAgoMs);

/**
 * −1 where it tells nothing of when a record arrived: other clocks may be
 * ahead, by more than a week they are wrong.
 */
export const toReceivedMs = (toldMs: number, nowMs: number): number =>
  toldMs > 0 && toldMs <= nowMs + weekMs ? toldMs : -1;

export const isSameSerial = (one: string, other: string): boolean =>
  one.toUpperCase() === other.toUpperCase();

/** Of one answer. People change theirs every fortnight. */
export const mostSensors = 100;
