import { setImmediate } from "node:timers/promises";

const longestSliceMs = 10;

/**
 * To be awaited within long work: lets other work run every ten milliseconds, and throws
 * once the result is no longer wanted.
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
