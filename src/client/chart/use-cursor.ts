import { type KeyboardEvent, type Ref, useImperativeHandle, useMemo, useRef } from "react";
import type { Episode } from "#glucose/episodes.ts";
import type { Gap } from "#glucose/gaps.ts";
import { localDays } from "#glucose/local-time.ts";
import { xOf } from "#report/chart/plot.ts";
import { useMessages } from "../i18n.ts";
import { keysOf } from "./crosshair-keys.ts";
import { type Cursor, type CursorMove, isSeen, moveCursor, nowhere, windowAround } from "./cursor.ts";
import { type PaintOptions, type Shown, useCursorPaint } from "./use-cursor-paint.ts";
import { usePointer } from "./use-pointer.ts";
import { asItIs, type Place, type Tree } from "./walk.ts";

/** The cursor, for what moves it from outside. */
export interface CursorHandle {
  /** Reads the curve at a time, for what plays along it. */
  readAt: (timeMs: number, stays: boolean) => void;
  /** Chooses a place and leaves the window to whoever does. */
  choose: (place: Place) => void;
}

export interface CursorOptions extends PaintOptions {
  gaps: readonly Gap[];
  /** In time order. */
  episodes: readonly Episode[];
  /** What [ and ] do while the window is a day; else they move it by half its length. */
  onStepDay?: ((by: -1 | 1) => void) | undefined;
  /** Plays the stretch that is chosen, or all that is shown. */
  onPlay: (place: Place | null) => void;
  handle: Ref<CursorHandle>;
}

/** Moves the cursor by pointer, touch and keyboard, outside React. */
export function useCursor(options: CursorOptions, shown: Shown) {
  const { readings, gaps, episodes, area, extent, view, onStepDay, onPlay, handle, timeZone, nowMs } =
    options;
  const t = useMessages("chart", "curve");
  const cursor = useRef<Cursor>(nowhere);
  /** The window is what was moved last, not the cursor. */
  const saysWindow = useRef(false);
  const tree = useMemo<Tree>(() => {
    const days = localDays(extent.startMs, Math.min(extent.endMs, nowMs), timeZone);
    return { readings, episodes, gaps, days };
  }, [readings, episodes, gaps, extent, nowMs, timeZone]);
  const { paintMarks, paintReadout } = useCursorPaint(options, tree, { cursor, saysWindow }, shown);

  const move = (by: CursorMove, { forPointer = false } = {}) => {
    cursor.current = moveCursor(cursor.current, by, readings);
    if (!forPointer) saysWindow.current = false;
    paintMarks();
    paintReadout({ forPointer });
  };
  const readAt = usePointer(shown.overlay, { readings, gaps, area, extent, view, cursor, move });
  useImperativeHandle(handle, () => ({
    readAt: (timeMs, stays) => readAt(xOf({ ...area, ...view.get() }, timeMs), stays),
    choose: (place) => move({ type: "go", place }),
  }));
  const sayWindow = () => {
    saysWindow.current = true;
    paintReadout();
  };
  /** What is chosen, as long as any of it is in view: from there a key goes on. */
  const seenPlace = () => {
    const { place } = cursor.current;
    return place && isSeen(place, view.get()) ? asItIs(tree, place) : null;
  };
  const goTo = (place: Place) => {
    const window = windowAround(place, view.get(), extent);
    if (window) view.set(window);
    move({ type: "go", place });
  };
  const pin = () => move({ type: "pin" });
  const back = () => {
    const { place, pinnedMs } = cursor.current;
    const isAll = place === null && pinnedMs === null;
    if (isAll) view.set(extent);
    move({ type: "back" });
    if (isAll) sayWindow();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isEmpty = readings.length === 0 && !["Escape", "[", "]"].includes(event.key);
    const say = (what: "noEpisodes" | "noLows") => paintReadout({ instead: t(what) });
    const place = seenPlace();
    const isShift = event.shiftKey;
    const moves = { goTo, pin, back, say, sayWindow };
    const keys = keysOf({ tree, extent, view, onStepDay, onPlay, place, isShift, ...moves });
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!act || isEmpty) return;
    event.preventDefault();
    act();
  };
  const onFocus = () => {
    saysWindow.current = cursor.current.place !== null && seenPlace() === null;
    paintReadout();
  };
  return { onKeyDown, onFocus };
}
