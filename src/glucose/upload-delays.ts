import type { Reading } from "./reading.ts";
import { firstAtOrAfter } from "./series.ts";
import { hourMs, minuteMs, type Span } from "./time.ts";

/** By these readings are counted, minutes: up to each, or longer. */
export const delayStepsMin = [5, 10, 15, 20, 30, 45, 60, 90, 120, 240, 480, 720, 1440] as const;

/** How many readings of a span took how long to reach the platform. Readings in time order. */
export function delaysIn(readings: readonly Reading[], { startMs, endMs }: Span): number[] {
  const counts = new Array<number>(delayStepsMin.length + 1).fill(0);
  const to = firstAtOrAfter(readings, endMs);
  for (let index = firstAtOrAfter(readings, startMs); index < to; index += 1) {
    const delayMin = readings[index]?.uploadDelayMin ?? null;
    if (delayMin === null) continue;
    const step = delayStepsMin.findIndex((most) => delayMin <= most);
    const place = step < 0 ? delayStepsMin.length : step;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** The time within which nine of ten readings reach the platform, ms; null where none says. */
export function usualDelayMs(delays: readonly number[]): number | null {
  const total = delays.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [step, count] of delays.entries()) {
    seen += count;
    if (seen >= 0.9 * total) return (delayStepsMin[step] ?? delayStepsMin.at(-1) ?? 0) * minuteMs;
  }
  return null;
}

/** From how long a silence on somebody's data is late: twice as long as theirs usually take, an hour at least. */
export const lateAfterMs = (usualDelayMs: number | null): number => Math.max(hourMs, 2 * (usualDelayMs ?? 0));
