import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Edges } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import type { Area } from "#report/chart/plot.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useTouch } from "../ui/use-touch.ts";
import { type Cursor, sliderPosition } from "./cursor.ts";
import type { PaintMarks } from "./marks.tsx";
import { readoutOf } from "./readout.ts";
import type { PaintReadout } from "./readout-line.tsx";
import type { ViewStore } from "./view.ts";
import type { Tree } from "./walk.ts";

/** What the cursor is read off. */
export interface PaintOptions {
  readings: readonly Reading[];
  area: Area;
  extent: Span;
  view: ViewStore;
  timeZone: string;
  unit: GlucoseUnit;
  edges: Edges;
  nowMs: number;
}

/** Where the cursor shows. */
export interface Shown {
  overlay: RefObject<HTMLElement | null>;
  readoutLine: RefObject<PaintReadout | null>;
  marks: RefObject<PaintMarks | null>;
}

/**
 * Paints the cursor after every render, and where it depends on the window,
 * in every frame that the window moves.
 */
export function useCursorPaint(
  { readings, area, extent, view, timeZone, unit, edges, nowMs }: PaintOptions,
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
    const slider = sliderPosition(readings, cursor.current.place, inView);
    const hint = instead || (slider.isEmpty ? t("empty") : t(isTouch ? "readHintTouch" : "readHint"));
    const words = { t, language, unit, timeZone, edges };
    const readout = readoutOf(cursor.current, { tree, view: inView, extent, nowMs }, words);
    const texts = readoutLine.current?.(readout, hint) ?? [];
    if (forPointer) return;
    overlay.current?.setAttribute("aria-valuemax", String(slider.max));
    overlay.current?.setAttribute("aria-valuenow", String(slider.now));
    const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
    const spoken = saysWindow.current
      ? t("windowShown", { from: at(inView.startMs), to: at(inView.endMs) })
      : readout
        ? texts.join(t("comma"))
        : t(slider.isEmpty ? "empty" : "readHintKeys");
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
