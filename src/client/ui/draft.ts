import { useEffect, useState } from "react";

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

/** Forgets what other people typed in this tab: whoever signs in next could find it. */
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
 * for its owner only, never in the address, and signing out clears it. The third item forgets it
 * once it has served; the fourth says that it is from before this page was opened.
 */
export function useDraft<T>(
  name: string,
  owner: string,
  initial: T,
): [T, (value: T) => void, () => void, boolean] {
  const key = `${prefix}${name}`;
  const [kept] = useState(() => read<T>(key, owner));
  const [value, setValue] = useState<T>(kept ?? initial);
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ owner, value } satisfies Kept<T>));
    } catch {
      // As above.
    }
  }, [key, owner, value]);
  const forget = () => {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
  };
  return [value, setValue, forget, kept !== null];
}
