import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import type { Edges } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import { useTouch } from "../ui/use-touch.ts";
import classes from "./glucose-chart.module.css";
import { type Area, type Span, timeAtMs, xOf, yOf } from "./plot.ts";
import { useReadoutWords } from "./readout.ts";
import { useGestures } from "./use-gestures.ts";
import { fitted, panned, type ViewStore, zoomed } from "./view.ts";
import { useChartWords } from "./words.ts";

interface CrosshairProps {
  readings: readonly Reading[];
  gaps: readonly Gap[];
  /** What E and Shift+E step through. */
  episodes: readonly Span[];
  area: Area;
  extent: Span;
  view: ViewStore;
  /** What [ and ] do while the window is a day; else they move it by half its length. */
  onStepDay?: ((by: -1 | 1) => void) | undefined;
  timeZone: string;
  unit: GlucoseUnit;
  edges: Edges;
  children: ReactNode;
}

const reachPx = 24;
const pageStep = 20;
const keyZoom = 0.6;

/**
 * Reads single values off the curve, by pointer, touch or keyboard, and moves the window. Everything that follows the pointer is
 * written straight into the page, so that no part of the chart is rendered anew.
 */
export function Crosshair(props: CrosshairProps) {
  const { readings, gaps, episodes, area, extent, view, onStepDay, timeZone, unit, edges, children } = props;
  const t = useChartWords();
  const isTouch = useTouch();
  const words = useReadoutWords(timeZone, unit, edges);
  const overlay = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  /** Times, not indices: readings may arrive before them. */
  const at = useRef<number | null>(null);
  const pinned = useRef<number | null>(null);

  const readingAt = (timeMs: number | null) => {
    const reading = timeMs === null ? undefined : readings[firstAtOrAfter(readings, timeMs)];
    return reading?.timeMs === timeMs ? reading : undefined;
  };
  const inView = () => {
    const { startMs, endMs } = view.get();
    return { first: firstAtOrAfter(readings, startMs), last: firstAtOrAfter(readings, endMs + 1) - 1 };
  };

  const paintMarks = () => {
    const plot = { ...area, ...view.get() };
    for (const [name, timeMs] of [
      ["at", at.current],
      ["pinned", pinned.current],
    ] as const) {
      const mark = marks.current?.querySelector<HTMLElement>(`[data-mark=${name}]`);
      const dot = mark?.firstElementChild as HTMLElement | null | undefined;
      if (!mark || !dot) continue;
      const reading = readingAt(timeMs);
      const isShown = reading && reading.timeMs >= plot.startMs && reading.timeMs <= plot.endMs;
      mark.style.visibility = isShown ? "visible" : "hidden";
      if (!isShown) continue;
      mark.style.transform = `translateX(${xOf(plot, reading.timeMs).toFixed(1)}px)`;
      dot.style.transform = `translateY(${(yOf(plot, reading.valueMmolL) - area.y).toFixed(1)}px)`;
    }
  };

  /** Writes what lies at `gapMs` or at the crosshair into the line above the curve and the slider's value. */
  const paintWords = (gap?: Gap, forPointer = false) => {
    const reading = readingAt(at.current);
    const other = readingAt(pinned.current);
    const told = gap
      ? words.gap(gap)
      : reading
        ? words.reading(
            reading,
            gaps.find(({ toMs }) => toMs === reading.timeMs),
          )
        : null;
    const { first, last } = inView();
    const hint = last < first ? t("empty") : t(isTouch ? "readHintTouch" : "readHint");
    const difference = reading && other && reading !== other ? words.difference(other, reading) : "";
    const pinnedHint = other && !difference ? t("pinned") : "";
    const texts = told
      ? [
          told.value,
          told.state,
          told.when,
          [difference || pinnedHint, told.details].filter(Boolean).join(" · "),
        ]
      : ["", "", hint, ""];
    for (const [i, text] of texts.entries()) {
      const node = readout.current?.children[i];
      if (node && node.textContent !== text) node.textContent = text;
    }
    readout.current?.toggleAttribute("data-empty", !told);
    if (forPointer) return;
    const index = reading ? firstAtOrAfter(readings, reading.timeMs) : last;
    overlay.current?.setAttribute("aria-valuemax", String(Math.max(0, last - first)));
    overlay.current?.setAttribute("aria-valuenow", String(Math.max(0, Math.min(index, last) - first)));
    overlay.current?.setAttribute("aria-valuetext", told ? texts.filter(Boolean).join(", ") : hint);
  };

  /** The reading, or the gap, that lies at an x of the plot. */
  const found = (x: number): { reading?: Reading; gap?: Gap } => {
    const plot = { ...area, ...view.get() };
    const pointedMs = timeAtMs(plot, x);
    const reachMs = (reachPx * (plot.endMs - plot.startMs)) / plot.width;
    const after = firstAtOrAfter(readings, pointedMs);
    const [a, b] = [readings[after - 1], readings[after]];
    const near = !a || (b && b.timeMs - pointedMs < pointedMs - a.timeMs) ? b : a;
    const gap = gaps.find(({ fromMs, toMs }) => pointedMs > fromMs && pointedMs < toMs);
    const isNear = near && Math.abs(near.timeMs - pointedMs) <= (gap ? reachMs / 6 : reachMs);
    return isNear ? { reading: near } : { gap };
  };
  const frame = useRef(0);
  const pointAt = (x: number | null) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const { reading, gap } = x === null ? {} : found(x);
      at.current = reading?.timeMs ?? null;
      paintMarks();
      paintWords(gap, true);
    });
  };

  const pin = () => {
    pinned.current = pinned.current !== null && pinned.current === at.current ? null : at.current;
    paintMarks();
    paintWords();
  };
  const showReading = (index: number) => {
    const reading = readings[Math.min(readings.length - 1, Math.max(0, index))];
    if (!reading) return;
    at.current = reading.timeMs;
    const { startMs, endMs } = view.get();
    const lengthMs = endMs - startMs;
    const isOutside = reading.timeMs < startMs || reading.timeMs > endMs;
    if (isOutside)
      view.set(
        fitted({ startMs: reading.timeMs - lengthMs / 2, endMs: reading.timeMs + lengthMs / 2 }, extent),
      );
    paintMarks();
    paintWords();
  };
  const stepEpisode = (forward: boolean) => {
    const fromMs = at.current ?? (forward ? view.get().startMs - 1 : view.get().endMs);
    const next = forward
      ? episodes.find(({ startMs }) => startMs > fromMs)
      : episodes.findLast(({ startMs }) => startMs < fromMs);
    if (next) showReading(firstAtOrAfter(readings, next.startMs));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { first, last } = inView();
    const own = readingAt(at.current);
    const index = own ? firstAtOrAfter(readings, own.timeMs) : last + 1;
    // Two sensors can measure at the same instant; going right passes both.
    const lastIndex = own ? firstAtOrAfter(readings, own.timeMs + 1) - 1 : last;
    const now = view.get();
    const lengthMs = now.endMs - now.startMs;
    const step = event.shiftKey ? pageStep : 1;
    const anchorMs = own?.timeMs ?? (now.startMs + now.endMs) / 2;
    const keys: Record<string, () => void> = {
      ArrowLeft: () => showReading(index - step),
      ArrowRight: () => showReading(lastIndex + step),
      PageDown: () => showReading(index - pageStep),
      PageUp: () => showReading(lastIndex + pageStep),
      Home: () => showReading(first),
      End: () => showReading(last),
      Enter: pin,
      " ": pin,
      "+": () => view.set(zoomed(now, extent, keyZoom, anchorMs)),
      "=": () => view.set(zoomed(now, extent, keyZoom, anchorMs)),
      "-": () => view.set(zoomed(now, extent, 1 / keyZoom, anchorMs)),
      "[": () => (onStepDay ? onStepDay(-1) : view.set(panned(now, extent, -lengthMs / 2))),
      "]": () => (onStepDay ? onStepDay(1) : view.set(panned(now, extent, lengthMs / 2))),
      e: () => stepEpisode(true),
      E: () => stepEpisode(false),
      Escape: () => {
        if (pinned.current !== null) pinned.current = null;
        else if (at.current !== null) at.current = null;
        else view.set(extent);
        paintMarks();
        paintWords();
      },
    };
    const act = keys[event.key];
    if (!act || (readings.length === 0 && !["Escape", "[", "]"].includes(event.key))) return;
    event.preventDefault();
    act();
  };

  useGestures(overlay, {
    view,
    extent,
    area,
    onPoint: pointAt,
    // A mouse has pointed at it already; a finger reads with the first tap and marks with the second.
    onTap: (x) => {
      const { reading } = found(x);
      if (reading && reading.timeMs === at.current) pin();
      else pointAt(x);
    },
  });

  const paint = useRef({ paintMarks, paintWords });
  paint.current = { paintMarks, paintWords };
  useLayoutEffect(() => {
    paint.current.paintMarks();
    paint.current.paintWords();
  });
  useLayoutEffect(
    () =>
      view.onFrame(() => {
        paint.current.paintMarks();
        // What there is to read depends on what is in view.
        if (at.current === null) paint.current.paintWords();
      }),
    [view],
  );

  const { y, height } = area;
  return (
    <>
      <p className={classes.readout} ref={readout}>
        <strong /> <span /> <span /> <small />
      </p>
      <div
        className={classes.overlay}
        ref={overlay}
        role="slider"
        tabIndex={0}
        aria-label={t("walk")}
        aria-valuemin={0}
        aria-valuenow={0}
        aria-keyshortcuts="ArrowLeft ArrowRight PageUp PageDown Home End Enter E Shift+E + - [ ] Escape"
        onKeyDown={onKeyDown}
        onDoubleClick={() => view.set(extent)}
      >
        {children}
        <div className={classes.marks} ref={marks} aria-hidden="true">
          {["pinned", "at"].map((name) => (
            <div key={name} data-mark={name} style={{ top: y, height }}>
              <span className={classes.markDot} />
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
