import { setImmediate } from "node:timers/promises";

const longestSliceMs = 10;

/**
 * To be awaited within long work: lets others have their turn whenever the work has gone on for ten milliseconds, and throws once nobody
 * waits for it any more.
 */
export function createSlices(signal?: AbortSignal): () => Promise<void> | void {
  let sinceMs = performance.now();
  return () => {
    signal?.throwIfAborted();
    if (performance.now() - sinceMs < longestSliceMs) return;
    return setImmediate().then(() => {
      sinceMs = performance.now();
    });
  };
}
