import {
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import type { Edges } from "#glucose/bands.ts";
import type { Episode } from "#glucose/episodes.ts";
import type { Gap } from "#glucose/gaps.ts";
import { localDays } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime } from "../ui/time.ts";
import { useTouch } from "../ui/use-touch.ts";
import { keysOf } from "./crosshair-keys.ts";
import {
  type Cursor,
  type CursorMove,
  chosenReading,
  isSeen,
  moveCursor,
  nowhere,
  windowAround,
} from "./cursor.ts";
import type { PaintMarks } from "./marks.tsx";
import { type Area, xOf } from "./plot.ts";
import { readoutOf } from "./readout.ts";
import type { PaintReadout } from "./readout-line.tsx";
import { useGestures } from "./use-gestures.ts";
import type { ViewStore } from "./view.ts";
import { asItIs, type Place, placeAt, type Tree } from "./walk.ts";

/** The cursor, for what moves it from outside. */
export interface CursorHandle {
  /** Reads the curve at a time, for what plays along it. */
  readAt: (timeMs: number, stays: boolean) => void;
  /** Chooses a place and leaves the window to whoever does. */
  choose: (place: Place) => void;
}

export interface CursorOptions {
  readings: readonly Reading[];
  gaps: readonly Gap[];
  /** In time order. */
  episodes: readonly Episode[];
  area: Area;
  extent: Span;
  view: ViewStore;
  /** What [ and ] do while the window is a day; else they move it by half its length. */
  onStepDay?: ((by: -1 | 1) => void) | undefined;
  /** Plays the stretch that is chosen, or all that is shown. */
  onPlay: (place: Place | null) => void;
  handle: Ref<CursorHandle>;
  timeZone: string;
  unit: GlucoseUnit;
  edges: Edges;
  nowMs: number;
}

/** Where the cursor shows. */
interface Shown {
  overlay: RefObject<HTMLElement | null>;
  readoutLine: RefObject<PaintReadout | null>;
  marks: RefObject<PaintMarks | null>;
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
  const { paintMarks, paintReadout } = usePaint(options, tree, { cursor, saysWindow }, shown);

  const move = (by: CursorMove, { forPointer = false } = {}) => {
    cursor.current = moveCursor(cursor.current, by, readings);
    if (!forPointer) saysWindow.current = false;
    paintMarks();
    paintReadout({ forPointer });
  };
  const placeOf = (x: number) => placeAt({ readings, gaps }, { ...area, ...view.get() }, x);
  /** What a pointer passes over is only shown; what it stays with, or leaves, is the slider's value too. */
  const look = (x: number | null, stays: boolean) =>
    move({ type: "go", place: x === null ? null : placeOf(x) }, { forPointer: !stays });
  const frame = useRef(0);
  const lookInFrame = (x: number | null, stays: boolean) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => look(x, stays));
  };
  useImperativeHandle(handle, () => ({
    readAt: (timeMs, stays) => look(xOf({ ...area, ...view.get() }, timeMs), stays),
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
  useGestures(shown.overlay, {
    view,
    extent,
    area,
    onPoint: (x) => lookInFrame(x, x === null),
    onRest: (x) => lookInFrame(x, true),
    // A mouse has pointed at it already; a finger reads with the first tap and marks with the second.
    onTap: (x, reachPx) => {
      const chosen = chosenReading(readings, cursor.current.place);
      const isSame = chosen && Math.abs(xOf({ ...area, ...view.get() }, chosen.timeMs) - x) <= reachPx;
      if (isSame) pin();
      else lookInFrame(x, true);
    },
  });
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

/** Paints the cursor after every render, and where it depends on the window, in every frame that the window moves. */
function usePaint(
  { readings, area, extent, view, timeZone, unit, edges, nowMs }: CursorOptions,
  tree: Tree,
  { cursor, saysWindow }: { cursor: RefObject<Cursor>; saysWindow: RefObject<boolean> },
  { overlay, readoutLine, marks }: Shown,
) {
  const t = useMessages("chart", "curve");
  const { language } = usePreferences();
  const isTouch = useTouch();
  const paintMarks = () => marks.current?.({ ...area, ...view.get() }, cursor.current, readings);
  /** Into the line above the curve and, unless it is the pointer that moved it, into the slider's value. */
  const paintReadout = ({ forPointer = false, instead = "" } = {}) => {
    const inView = view.get();
    const first = firstAtOrAfter(readings, inView.startMs);
    const last = firstAtOrAfter(readings, inView.endMs + 1) - 1;
    const hint = instead || (last < first ? t("empty") : t(isTouch ? "readHintTouch" : "readHint"));
    const words = { t, language, unit, timeZone, edges };
    const readout = readoutOf(cursor.current, { tree, view: inView, extent, nowMs }, words);
    const texts = readoutLine.current?.(readout, hint) ?? [];
    if (forPointer) return;
    const reading = chosenReading(readings, cursor.current.place);
    const index = reading ? firstAtOrAfter(readings, reading.timeMs) : last;
    overlay.current?.setAttribute("aria-valuemax", String(Math.max(0, last - first)));
    overlay.current?.setAttribute("aria-valuenow", String(Math.max(0, Math.min(index, last) - first)));
    const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
    const spoken = saysWindow.current
      ? t("windowShown", { from: at(inView.startMs), to: at(inView.endMs) })
      : readout
        ? texts.join(t("comma"))
        : t(last < first ? "empty" : "readHintKeys");
    overlay.current?.setAttribute("aria-valuetext", instead || spoken);
  };

  const latest = useRef({ paintMarks, paintReadout });
  latest.current = { paintMarks, paintReadout };
  useLayoutEffect(() => {
    latest.current.paintMarks();
    latest.current.paintReadout();
  });
  useLayoutEffect(
    () =>
      view.onFrame(() => {
        latest.current.paintMarks();
        const { place } = cursor.current;
        // What there is to read depends on what is in view.
        if (place === null || place.level === "view") latest.current.paintReadout();
      }),
    [view, cursor],
  );
  return { paintMarks, paintReadout };
}
