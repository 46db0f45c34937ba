import { useEffect, useState } from "react";
import { minuteMs } from "#glucose/time.ts";
import { now, realMs } from "../clock.ts";
import { lastLookKey } from "../local-data.ts";

/** Whoever was away from the list for so long and comes back looks anew. */
const awayMs = 30 * minuteMs;

interface Look {
  /** When the list was last on screen. */
  seenMs: number;
  /** The end of the look before this one. */
  beforeMs: number | null;
}

function lookNow(owner: string): number | null {
  const key = lastLookKey(owner);
  const seenMs = now();
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Look | null;
    const isAnother = kept !== null && seenMs - kept.seenMs > awayMs;
    const beforeMs = isAnother ? kept.seenMs : (kept?.beforeMs ?? null);
    localStorage.setItem(key, JSON.stringify({ seenMs, beforeMs } satisfies Look));
    return beforeMs;
  } catch {
    // Storage blocked or damaged: nothing is called new.
    return null;
  }
}

/** Until when this person had seen the list before they came back to it; null the first time. */
export function useLastLook(owner: string): number | null {
  const [beforeMs, setBeforeMs] = useState(() => lookNow(owner));
  useEffect(() => {
    const follow = () => {
      if (document.visibilityState === "visible") setBeforeMs(lookNow(owner));
    };
    const timer = setInterval(follow, realMs(minuteMs));
    document.addEventListener("visibilitychange", follow);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", follow);
    };
  }, [owner]);
  return beforeMs;
}
