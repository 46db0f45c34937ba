import { type RefObject, useEffect } from "react";

/** Keeps the row under the mouse or with the focus where it is on screen while what stands above it grows or shrinks. */
export function useHeldRow(rows: RefObject<HTMLElement | null>, isShown: boolean): void {
  useEffect(() => {
    const list = rows.current;
    if (!list || !isShown) return;
    let held: { row: Element; topPx: number } | null = null;
    const topOf = (row: Element) => row.getBoundingClientRect().top;
    const note = () => {
      const row =
        list.querySelector("[data-index]:hover") ??
        (list.contains(document.activeElement) ? document.activeElement?.closest("[data-index]") : null);
      held = row ? { row, topPx: topOf(row) } : null;
    };
    const observer = new ResizeObserver(() => {
      if (!held?.row.isConnected) return;
      const movedPx = topOf(held.row) - held.topPx;
      if (Math.abs(movedPx) >= 1) window.scrollBy({ top: movedPx, behavior: "instant" });
    });
    observer.observe(document.body);
    list.addEventListener("pointermove", note);
    list.addEventListener("pointerleave", note);
    list.addEventListener("focusin", note);
    window.addEventListener("scroll", note, { passive: true });
    return () => {
      observer.disconnect();
      list.removeEventListener("pointermove", note);
      list.removeEventListener("pointerleave", note);
      list.removeEventListener("focusin", note);
      window.removeEventListener("scroll", note);
    };
  }, [rows, isShown]);
}
