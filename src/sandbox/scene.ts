import { isSpeed } from "./clock.ts";

const dayMs = 86_400_000;
/** Before it nobody has the history that the pages show. */
const earliestMs = Date.UTC(2023, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);
const longestMs = 90 * dayMs;
const mostSeed = 2 ** 31;

/** All that a sandbox shows follows from this. */
export interface Scene {
  readonly seed: number;
  /** What the dates of its serial numbers count from. */
  readonly startMs: number;
  readonly clockMs: number;
  readonly speed: number;
}

const isTime = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= earliestMs && Number(value) < latestMs;

/** Checks a scene that came as JSON; a text says what is wrong with it. */
export function parseScene(data: unknown): Scene | string {
  const { seed, startMs, clockMs, speed, ...rest } = (data ?? {}) as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return "a scene has seed, startMs, clockMs and speed";
  if (!Number.isSafeInteger(seed) || Number(seed) < 1 || Number(seed) >= mostSeed)
    return `seed must be a whole number from 1 to ${mostSeed - 1}`;
  if (!isTime(startMs) || !isTime(clockMs)) return "startMs and clockMs must lie from 2023 to 2099";
  if (clockMs < startMs || clockMs > startMs + longestMs)
    return "clockMs must lie within 90 days after startMs";
  if (!isSpeed(speed)) return "speed must be a number from 1 to 1000";
  return { seed: Number(seed), startMs, clockMs, speed };
}
