import { useEffect, useState } from "react";
import type { About } from "#contract/staff.ts";

let serverMs = Date.now();
let localMs = Date.now();
let speed = 1;
const listeners = new Set<() => void>();

/** Sets the clock by the server's answer. Ages on screen never depend on a workstation's own clock being right. */
export function syncClock(about: Pick<About, "nowMs" | "clockSpeed">): void {
  serverMs = about.nowMs;
  localMs = Date.now();
  speed = about.clockSpeed;
  for (const listener of listeners) listener();
}

/** The server's time now, Unix ms. */
export const now = (): number => serverMs + (Date.now() - localMs) * speed;

/** Milliseconds of real time in which `durationMs` pass on the server's clock. */
export const exactRealMs = (durationMs: number): number => durationMs / speed;

/** As `exactRealMs`, never under two seconds: how often to ask again. */
export const realMs = (durationMs: number): number => Math.max(2000, exactRealMs(durationMs));

/** The server's time, renewed every `everyMs` of it and whenever the clock is set, so that ages on screen count up. */
export function useNow(everyMs = 15_000): number {
  const [timeMs, setTimeMs] = useState(now);
  useEffect(() => {
    const renew = () => setTimeMs(now());
    const timer = setInterval(renew, realMs(everyMs));
    listeners.add(renew);
    return () => {
      clearInterval(timer);
      listeners.delete(renew);
    };
  }, [everyMs]);
  return timeMs;
}
