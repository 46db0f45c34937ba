/** The platform answers for at most 30 days at a time. */
export const maxWindowMs = 30 * 24 * 3_600_000;

/** Splits a range (end exclusive) into as few windows of at most 30 days as it takes, oldest first. */
export function windowsOf(startMs: number, endMs: number): { startMs: number; endMs: number }[] {
  const windows: { startMs: number; endMs: number }[] = [];
  for (let fromMs = startMs; fromMs < endMs; fromMs += maxWindowMs)
    windows.push({ startMs: fromMs, endMs: Math.min(fromMs + maxWindowMs, endMs) });
  return windows;
}
