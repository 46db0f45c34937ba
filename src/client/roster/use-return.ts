import { type RefObject, useEffect } from "react";

/** A list that one comes back to has scrolled by then. */
const settleMs = 50;

interface Return {
  rows: RefObject<HTMLTableSectionElement | null>;
  /** The row that the list was left by. */
  returnTo: { index: number; id: string } | null;
  onReturned: () => void;
  virtual: { scrollToIndex: (index: number, options: { align: "center" }) => void };
  firstIndex: number;
  lastIndex: number;
}

/** Scrolls to the row that the list was left by and gives it the focus again. */
export function useReturn({ rows, returnTo, onReturned, virtual, firstIndex, lastIndex }: Return): void {
  const returnToIndex = returnTo?.index;
  useEffect(() => {
    if (returnToIndex === undefined) return;
    // After the page itself has begun at its top.
    const timer = setTimeout(() => virtual.scrollToIndex(returnToIndex, { align: "center" }));
    return () => clearTimeout(timer);
  }, [returnToIndex, virtual]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time other rows are on screen
  useEffect(() => {
    if (!returnTo) return;
    const timer = setTimeout(() => {
      const link = rows.current?.querySelector<HTMLElement>(`[href="/patients/${returnTo.id}"]`);
      if (!link) return;
      onReturned();
      // The focus that has been moved elsewhere meanwhile stays there.
      if (document.activeElement?.matches("body, main, main h1")) link.focus({ preventScroll: true });
    }, settleMs);
    return () => clearTimeout(timer);
  }, [returnTo, firstIndex, lastIndex]);
}
