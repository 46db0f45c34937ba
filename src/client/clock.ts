import { useEffect, useState } from "react";
import type { About } from "#contract/staff.ts";

let serverMs = Date.now();
let localMs = Date.now();
let speed = 1;

/** Sets the clock by the server's answer. Ages on screen never depend on a workstation's own clock being right. */
export function syncClock(about: Pick<About, "nowMs" | "clockSpeed">): void {
  serverMs = about.nowMs;
  localMs = Date.now();
  speed = about.clockSpeed;
}

/** The server's time now, Unix ms. */
export const now = (): number => serverMs + (Date.now() - localMs) * speed;

/** Milliseconds of real time in which `durationMs` pass on the server's clock, never under two seconds. */
export const realMs = (durationMs: number): number => Math.max(2000, durationMs / speed);

/** The server's time, renewed every `everyMs` of it, so that ages on screen count up. */
export function useNow(everyMs = 15_000): number {
  const [timeMs, setTimeMs] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTimeMs(now()), realMs(everyMs));
    return () => clearInterval(timer);
  }, [everyMs]);
  return timeMs;
}
