import { useEffect, useState } from "react";

/** An entry of the browser's history, with the state that the router keeps in it. */
export interface Place {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly state: unknown;
  /** "default" for the entry that the page was loaded at. */
  readonly key: string;
}

function readPlace(): Place {
  const { pathname, search, hash } = window.location;
  const kept = window.history.state as { usr?: unknown; key?: string } | null;
  return { pathname, search, hash, state: kept?.usr ?? null, key: kept?.key ?? "default" };
}

const listeners = new Set<() => void>();

/** The router has moved on to an address that is not its own. */
export function notePlace(): void {
  for (const listener of listeners) listener();
}

/**
 * Goes to an address in the place of this one, where no router is at work. The
 * state is written as the router does.
 */
export function replacePlace(address: string, usr: unknown = null): void {
  const kept = window.history.state as { idx?: number } | null;
  const key = Math.random().toString(36).slice(2, 10);
  window.history.replaceState({ ...kept, usr, key }, "", address);
  notePlace();
}

/** Where the browser is, apart from the router's own moves. */
export function usePlace(): Place {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const renew = () => setPlace(readPlace());
    listeners.add(renew);
    addEventListener("popstate", renew);
    // What is inside may have moved on before this began to listen.
    renew();
    return () => {
      listeners.delete(renew);
      removeEventListener("popstate", renew);
    };
  }, []);
  return place;
}
