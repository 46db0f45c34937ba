/** Whoever asks under a key while its work runs gets the same answer, a failure included. */
export function createSingleFlight<T>(): (work: () => Promise<T>, key?: string) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (work, key = "") => {
    const shared = running.get(key);
    if (shared) return shared;
    const own = work().finally(() => running.delete(key));
    running.set(key, own);
    return own;
  };
}
