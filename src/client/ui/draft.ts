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

/**
 * State that outlives the page within this browser tab: through a session's end, a reload, a look elsewhere. It is kept
 * for its owner only, never in the address, without what an input method has not finished, and signing out clears it. The third item forgets it
 * once it has served; the fourth says that it is from before this page was opened.
 */
export function useDraft<T>(
  name: string,
  owner: string,
  initial: T,
): [T, (value: T) => void, () => void, boolean] {
  const key = `${prefix}${name}`;
  const [kept] = useState(() => read<T>(key, owner));
  const [wasKept, setWasKept] = useState(kept !== null && JSON.stringify(kept) !== JSON.stringify(initial));
  const [value, setValue] = useState<T>(kept ?? initial);
  const composed = useComposed(value);
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ owner, value: composed } satisfies Kept<T>));
    } catch {
      // As above.
    }
  }, [key, owner, composed]);
  const forget = () => {
    setWasKept(false);
    try {
      sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
  };
  return [value, setValue, forget, wasKept];
}
