import { useEffect, useRef } from "react";
import { usePreferences } from "../preferences.ts";

/** Whether what is pressed goes into a field. */
export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("input:not([type=radio], [type=checkbox], [type=button]), textarea, select"));

/**
 * Single keys that do something anywhere on the page: not while somebody types, not below a dialog, not where the
 * focus has use for the key itself, and never for who has turned them off (WCAG 2.1.4).
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const { singleKeys } = usePreferences();
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!singleKeys) return;
    const onKey = (event: KeyboardEvent) => {
      // On a German keyboard [ is typed with AltGr, which Windows says as Ctrl and Alt.
      const isModified = (event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph");
      if (event.defaultPrevented || event.isComposing || isModified || event.metaKey) return;
      const act = current.current[event.key];
      if (!act || isTyping(event.target) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [singleKeys]);
}
