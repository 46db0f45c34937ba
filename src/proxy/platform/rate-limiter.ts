/**
 * Resolves `perSecond` times a second at most, evenly and in the order of the calls;
 * all who share one are limited together.
 */
export function createRateLimiter(perSecond: number): () => Promise<void> {
  const stepMs = 1000 / perSecond;
  let nextMs = 0;
  return () => {
    const nowMs = performance.now();
    const startMs = Math.max(nowMs, nextMs);
    nextMs = startMs + stepMs;
    return new Promise((resolve) => setTimeout(resolve, startMs - nowMs));
  };
}
