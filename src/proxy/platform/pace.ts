/**
 * Lets at most `perSecond` through a second, evenly, in the order they came: resolves when the caller's turn has come. Shared by all
 * who ask, so that ten people's lists together are as polite as one.
 */
export function createPace(perSecond: number): () => Promise<void> {
  const stepMs = 1000 / perSecond;
  let nextMs = 0;
  return () => {
    const nowMs = performance.now();
    const turnMs = Math.max(nowMs, nextMs);
    nextMs = turnMs + stepMs;
    return new Promise((resolve) => setTimeout(resolve, turnMs - nowMs));
  };
}
