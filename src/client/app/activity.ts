const storageKey = "trendline-activity";
let hereMs = Date.now();

/** A hand was on the screen just now, in this tab; all tabs of this browser go by the latest. */
export function noteActivity(): void {
  hereMs = Date.now();
  try {
    localStorage.setItem(storageKey, String(hereMs));
  } catch {
    // Storage blocked: this tab goes by itself.
  }
}

/** When a hand was last on the screen in any tab, by this machine's own clock, Unix ms. */
export function lastActivityMs(): number {
  try {
    return Math.max(hereMs, Number(localStorage.getItem(storageKey)) || 0);
  } catch {
    return hereMs;
  }
}

/** What counts: pointer, key and touch. A page that refreshes by itself does none of it. */
export const activityEvents = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
