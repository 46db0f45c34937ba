import { useEffect } from "react";

/** Arrow down from where the focus is after the page has opened: to the first row. */
export function useFirstRowKey(onDown: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
      if (key !== "ArrowDown" || ctrlKey || metaKey || altKey || shiftKey || defaultPrevented) return;
      if (!(target instanceof Element && target.matches("body, main, main h1"))) return;
      event.preventDefault();
      onDown();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onDown]);
}
