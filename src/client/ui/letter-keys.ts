import { useEffect, useRef, useSyncExternalStore } from "react";
import { isTyping } from "./use-keys.ts";

const storageKey = "trendline-letter-keys";
const listeners = new Set<() => void>();
/** Until storage says otherwise, and where it is blocked, for as long as the page. */
let isOn = read();

function read(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}

addEventListener("storage", ({ key }) => {
  if (key !== storageKey) return;
  isOn = read();
  for (const listener of listeners) listener();
});

export function setLetterKeys(on: boolean): void {
  isOn = on;
  try {
    localStorage.setItem(storageKey, on ? "on" : "off");
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

export const areLettersOn = (): boolean => isOn;

/** Whether single letters act: who dictates, or presses keys by chance, turns them off (WCAG 2.1.4). */
export const useLetterKeys = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, areLettersOn);

/** A letter came on the way to a page, which says so once it is there. */
export const pressedEarly = { current: false };

export const letters = ["r", "u", "s", "h", "n", "?"] as const;
export type Letter = (typeof letters)[number];

/**
 * Calls `onLetter` for a letter that is pressed where `isHere` says so: never in a field, in a dialog, with a
 * modifier, or held down. True means that something was done.
 */
export function useLetters(
  isHere: (target: Element) => boolean,
  onLetter: (letter: Letter, target: Element) => boolean,
): void {
  const areOn = useLetterKeys();
  const latest = useRef({ isHere, onLetter });
  latest.current = { isHere, onLetter };
  useEffect(() => {
    if (!areOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey, repeat, defaultPrevented, isComposing } = event;
      const letter = letters.find((one) => one === key);
      if (!letter || ctrlKey || metaKey || altKey || repeat || defaultPrevented || isComposing) return;
      if (!(target instanceof Element) || isTyping(target) || target.closest("dialog")) return;
      if (latest.current.isHere(target) && latest.current.onLetter(letter, target)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [areOn]);
}
