import { useSyncExternalStore } from "react";
import classes from "./announcer.module.css";

interface Said {
  readonly text: string;
  /** The same words twice are two announcements. */
  readonly count: number;
}

let said: Said = { text: "", count: 0 };
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/**
 * Says what an act has brought about where nothing with the focus does:
 * politely, and again when it is the same.
 */
export function announce(text: string): void {
  said = { text, count: said.count + 1 };
  for (const listener of listeners) listener();
}

/** What was said of one page is not read on the next. */
export const clearAnnouncement = (): void => announce("");

/**
 * What announcements are heard from: one region that is there before they
 * come, without which they are silent.
 */
export function Announcer() {
  const { text, count } = useSyncExternalStore(subscribe, () => said);
  return (
    <div className={classes.heard} aria-live="polite" data-testid="announcer">
      {text && <span key={count}>{text}</span>}
    </div>
  );
}
