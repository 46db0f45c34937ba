import { useEffect, useState } from "react";
import { useComposed } from "../composition.ts";

interface Kept<T> {
  owner: string;
  value: T;
}

function read<T>(key: string, owner: string): T | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Kept<T> | null;
    return kept?.owner === owner ? kept.value : null;
  } catch {
    // Storage blocked or damaged: what is typed lasts as long as the page.
    return null;
  }
}

/** A draft from before it had a field has that as it is at first. */
const withAllFields = <T>(kept: T, initial: T): T =>
  typeof initial === "object" && initial !== null ? { ...initial, ...kept } : kept;

const prefix = "trendline-draft-";

/** Forgets what other people typed in this tab: the next person to sign in could find it. */
export function keepDraftsOf(owner: string): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(prefix) && read(key, owner) === null) sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}

/** Whether somebody has begun something under this name and not sent it. */
export function hasDraft(name: string, owner: string, initial: unknown = ""): boolean {
  const kept = read<unknown>(prefix + name, owner);
  return kept !== null && JSON.stringify(kept) !== JSON.stringify(initial);
}

/**
 * State that outlives the page within this browser tab: through a session's end, a reload, a look
 * elsewhere. It is kept for its owner only, never in the address, without what an input method has not
 * finished, and signing out clears it. The third item forgets it once it has served, unless something
 * else has been typed on this page since it was left: then it answers false. The fourth says that it
 * is from before this page was opened.
 */
export function useDraft<T>(
  name: string,
  owner: string,
  initial: T,
): [T, (value: T) => void, () => boolean, boolean] {
  const key = `${prefix}${name}`;
  const [value, setValue] = useState<T>(() => {
    const kept = read<T>(key, owner);
    return kept === null ? initial : withAllFields(kept, initial);
  });
  const [wasKept, setWasKept] = useState(JSON.stringify(value) !== JSON.stringify(initial));
  const composed = useComposed(value);
  const text = JSON.stringify({ owner, value: composed } satisfies Kept<T>);
  useEffect(() => {
    try {
      sessionStorage.setItem(key, text);
    } catch {
      // As above.
    }
  }, [key, text]);
  const forget = () => {
    setWasKept(false);
    try {
      const keptNow = sessionStorage.getItem(key);
      if (keptNow !== null && keptNow !== text) return false;
      sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
    return true;
  };
  return [value, setValue, forget, wasKept];
}
