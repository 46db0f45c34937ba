/** Durations in milliseconds. A calendar day can be longer or shorter: that is `localDayOf`. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** From one time to another, Unix ms; the end is not part of it. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}
