import { steadyMs } from "../clock.ts";

const storageKey = "trendline-activity";
let lastMs = steadyMs();

/** A hand was on the screen just now, in this tab; all tabs of this browser go by the latest. */
export function noteActivity(): void {
  lastMs = steadyMs();
  try {
    // What is written says nothing: the other tabs note when they hear of it, each by its own steady clock.
    localStorage.setItem(storageKey, String(Math.random()));
  } catch {
    // Storage blocked: this tab goes by itself.
  }
}

/** Notes that a hand was on the screen of another tab. Returns what ends the watch. */
export function watchOtherTabs(): () => void {
  const note = ({ key }: StorageEvent) => {
    if (key === storageKey) lastMs = steadyMs();
  };
  addEventListener("storage", note);
  return () => removeEventListener("storage", note);
}

/**
 * How long no hand has been on the screen of any tab. A workstation's clock that is put
 * right is nobody's hand, and no absence.
 */
export const idleMs = (): number => steadyMs() - lastMs;

/** What counts: pointer, key and touch. A page that refreshes by itself does none of it. */
export const activityEvents = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
