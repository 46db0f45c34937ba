/**
 * What a browser keeps of a person in local storage for a session, each under a name that ends with their ID.
 */
const ofSession = [
  "trendline-lookups-",
  "trendline-last-place-",
  // Lists of sensors, from when this browser kept them.
  "trendline-list-",
  // When they last saw the list, from when that was kept.
  "trendline-last-look-",
];

const listeners = new Set<() => void>();

/** Calls back when somebody signs in or out, for what is kept in memory. */
export const onClear = (listener: () => void): void => void listeners.add(listener);

function clear(names: readonly string[], owner: string | null): void {
  try {
    for (const key of Object.keys(localStorage))
      if (names.some((name) => key.startsWith(name) && key !== `${name}${owner}`))
        localStorage.removeItem(key);
  } catch {
    // Storage blocked: nothing is kept in it.
  }
}

/** Another tab has signed in or out: it has cleared what is in storage already. */
export function clearMemory(): void {
  for (const listener of listeners) listener();
}

/** When a session has ended, however it did: what was looked up in it. */
export function clearSessionData(): void {
  clear(ofSession, null);
  clearMemory();
}

/** When somebody has signed out: all of it. */
export function clearPersonalData(): void {
  clear(ofSession, null);
  clearMemory();
}

/** When somebody has signed in: what anybody else has left here. */
export const clearDataOfOthers = (owner: string): void => clear(ofSession, owner);
