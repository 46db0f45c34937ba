import { joined } from "./platform/call-context.ts";

/**
 * Calls under one key while its work runs share its answer, a failure included unless it
 * was the first caller's own deadline.
 */
export function createSingleFlight<T>(): (work: () => Promise<T>, key?: string) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return function share(work, key = ""): Promise<T> {
    const shared = running.get(key);
    if (shared) return joined(shared, () => share(work, key));
    const own = work().finally(() => running.delete(key));
    running.set(key, own);
    return own;
  };
}
