import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useMedia } from "../ui/use-media.ts";
import type { RosterData } from "./use-roster.ts";

/** As the style sheet has them. */
const rowRem = 3.5;
const cardRem = 9.25;
const cardGapRem = 0.5;

/** How high a row is at least, and what lies between two. */
function useRowHeight() {
  const isNarrow = useMedia("(width < 48em)");
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return {
    rowPx: (isNarrow ? cardRem : rowRem) * remPx,
    gapPx: isNarrow ? cardGapRem * remPx : 0,
  };
}

/** Which rows of a list the window shows, and the room that the others take above and below. */
export function useRowsInView(
  table: RefObject<HTMLTableElement | null>,
  { shown, total }: Pick<RosterData, "shown" | "total">,
) {
  const [topPx, setTopPx] = useState(0);
  const { rowPx, gapPx } = useRowHeight();
  const virtual = useWindowVirtualizer({
    count: total,
    estimateSize: () => rowPx,
    measureElement: (row) => {
      const before = row.previousElementSibling as HTMLElement | null;
      const headingPx = before?.matches("[data-heading]") ? before.offsetHeight : 0;
      return Math.max(rowPx, (row as HTMLElement).offsetHeight + gapPx) + headingPx;
    },
    overscan: 4,
    scrollMargin: topPx,
  });
  useLayoutEffect(() => {
    setTopPx((table.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, [table]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useLayoutEffect(() => virtual.measure(), [rowPx]);
  // Another list begins at its beginning.
  const list = useRef(shown);
  useLayoutEffect(() => {
    if (list.current === shown) return;
    list.current = shown;
    if (window.scrollY > topPx) window.scrollTo({ top: topPx });
  }, [shown, topPx]);
  const items = virtual.getVirtualItems();
  return {
    virtual,
    items,
    firstIndex: items[0]?.index ?? 0,
    lastIndex: items.at(-1)?.index ?? 0,
    abovePx: (items[0]?.start ?? topPx) - topPx,
    belowPx: virtual.getTotalSize() - ((items.at(-1)?.end ?? topPx) - topPx),
  };
}
