import { useLayoutEffect, useRef, useState } from "react";
import type { Span } from "#glucose/time.ts";
import { createViewStore, fitted, isWhole, type ViewStore } from "./view.ts";

/**
 * The window on screen. It follows the address and the growing extent, and tells when it
 * was moved by hand and has come to rest.
 */
export function useView(
  shown: Span | null,
  whole: Span,
  onWindow: ((window: Span | null) => void) | undefined,
): ViewStore {
  const latest = useRef({ onWindow, whole });
  latest.current = { onWindow, whole };
  const [view] = useState(() =>
    createViewStore(shown ? fitted(shown, whole) : whole, (rested) => {
      const { onWindow: tell, whole: all } = latest.current;
      tell?.(isWhole(rested, all) ? null : rested);
    }),
  );
  // Not while nothing of the two has changed.
  const [shownStart, shownEnd] = [shown?.startMs, shown?.endMs];
  useLayoutEffect(() => {
    const asked =
      shownStart !== undefined && shownEnd !== undefined ? { startMs: shownStart, endMs: shownEnd } : null;
    view.follow(asked ? fitted(asked, whole) : whole);
  }, [view, whole, shownStart, shownEnd]);
  return view;
}
