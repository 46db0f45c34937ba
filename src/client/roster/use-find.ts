import { useEffect, useRef } from "react";

/** Takes the browser's search over where it would see only a part of the list. */
export function useFind(isPartly: boolean, onFind: () => void): void {
  const find = useRef(onFind);
  find.current = onFind;
  useEffect(() => {
    if (!isPartly) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key !== "f") return;
      // Pressed once more there, it is the browser's own.
      if (document.activeElement?.matches("[role=searchbox]")) return;
      event.preventDefault();
      find.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isPartly]);
}
