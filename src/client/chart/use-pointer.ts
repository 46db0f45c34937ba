import { type RefObject, useRef } from "react";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import { type Area, xOf } from "#report/chart/plot.ts";
import { type Cursor, type CursorMove, chosenReading } from "./cursor.ts";
import { useGestures } from "./use-gestures.ts";
import type { ViewStore } from "./view.ts";
import { placeAt } from "./walk.ts";

interface PointerOptions {
  readings: readonly Reading[];
  gaps: readonly Gap[];
  area: Area;
  extent: Span;
  view: ViewStore;
  cursor: RefObject<Cursor>;
  move: (by: CursorMove, options?: { forPointer?: boolean }) => void;
}

/**
 * Reads the curve where the pointer is, at most once in a frame. Returns what
 * reads it at an x without waiting for one.
 */
export function usePointer(overlay: RefObject<HTMLElement | null>, options: PointerOptions) {
  const { readings, gaps, area, extent, view, cursor, move } = options;
  const plot = () => ({ ...area, ...view.get() });
  /** What a pointer passes over is only shown; what it stays with, or leaves, is the slider's value too. */
  const readAt = (x: number | null, stays: boolean) => {
    const place = x === null ? null : placeAt({ readings, gaps }, plot(), x);
    move({ type: "go", place }, { forPointer: !stays });
  };
  const frame = useRef(0);
  const readInFrame = (x: number | null, stays: boolean) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => readAt(x, stays));
  };
  useGestures(overlay, {
    view,
    extent,
    area,
    onPoint: (x) => readInFrame(x, x === null),
    onRest: (x) => readInFrame(x, true),
    // A mouse has pointed at it already; a finger reads with the first tap and marks with the second.
    onTap: (x, reachPx) => {
      const chosen = chosenReading(readings, cursor.current.place);
      const isSame = chosen && Math.abs(xOf(plot(), chosen.timeMs) - x) <= reachPx;
      if (isSame) move({ type: "pin" });
      else readInFrame(x, true);
    },
  });
  return readAt;
}
