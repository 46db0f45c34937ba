/** What a browser keeps of a person in local storage for a session, each under a name that ends with their ID. */
const ofSession = ["trendline-lookups-", "trendline-last-place-"];
/** What they have typed: it waits for them after a session that ended by itself. */
const typed = ["trendline-list-"];

const listeners = new Set<() => void>();

/** Calls back when a person leaves, for what is kept in memory. */
export const onForgotten = (listener: () => void): void => void listeners.add(listener);

function forget(names: readonly string[], owner: string | null): void {
  try {
    for (const key of Object.keys(localStorage))
      if (names.some((name) => key.startsWith(name) && key !== `${name}${owner}`))
        localStorage.removeItem(key);
  } catch {
    // Storage blocked: nothing is kept in it.
  }
}

/** Another tab has told: what was to be forgotten in storage is forgotten already. */
export function forgetInMemory(): void {
  for (const listener of listeners) listener();
}

/** However a session ended: what was looked up in it. */
export function forgetSession(): void {
  forget(ofSession, null);
  forgetInMemory();
}

/** Somebody has signed out: all of it. */
export function forgetPerson(): void {
  forget([...ofSession, ...typed], null);
  forgetInMemory();
}

/** Somebody has signed in: what anybody else has left here. */
export const forgetOthers = (owner: string): void => forget([...ofSession, ...typed], owner);
