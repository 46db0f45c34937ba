import { setImmediate } from "node:timers/promises";

const longestSliceMs = 10;

/** To be awaited within long work: lets others have their turn whenever the work has gone on for ten milliseconds. */
export function createSlices(): () => Promise<void> | void {
  let sinceMs = performance.now();
  return () => {
    if (performance.now() - sinceMs < longestSliceMs) return;
    return setImmediate().then(() => {
      sinceMs = performance.now();
    });
  };
}
