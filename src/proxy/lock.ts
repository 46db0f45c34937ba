/**
 * Runs `act` while it alone, among this process and other servers of the same
 * database, holds the lock of this name.
 */
export type WithLock = <T>(name: string, act: () => Promise<T>) => Promise<T>;

/** For one process alone. */
export function createLocalLock(): WithLock {
  const last = new Map<string, Promise<unknown>>();
  return async (name, act) => {
    const before = last.get(name);
    const own = Promise.resolve(before).then(act, act);
    last.set(name, own);
    try {
      return await own;
    } finally {
      if (last.get(name) === own) last.delete(name);
    }
  };
}
