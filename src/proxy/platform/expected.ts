const minuteMs = 60_000;
const weekMs = 7 * 24 * 60 * minuteMs;
const futureToleranceMs = 5 * minuteMs;
/** Nothing here asks for more than 400 days; a record from before them names a time that its sensor never saw. */
const longestAgoMs = 401 * 24 * 60 * minuteMs;

/** What was asked for. */
export interface Expected {
  openId?: string;
  serial?: string;
  range?: { startMs: number; endMs: number };
  nowMs: number;
}

/** A measurement of a time that can be. */
export const isTimely = (timeMs: number, nowMs: number): boolean =>
  timeMs <= nowMs + futureToleranceMs && timeMs >= nowMs - longestAgoMs;

/** −1 where it tells nothing of when a record arrived: other clocks may be ahead, by more than a week they are wrong. */
export const toReceivedMs = (toldMs: number, nowMs: number): number =>
  toldMs > 0 && toldMs <= nowMs + weekMs ? toldMs : -1;

export const isSameSerial = (one: string, other: string): boolean =>
  one.toUpperCase() === other.toUpperCase();

/** Of one answer. People change theirs every fortnight. */
export const mostSensors = 100;
