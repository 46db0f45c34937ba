import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
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
import { useTouch } from "../ui/use-touch.ts";
import { keysOf } from "./crosshair-keys.ts";
import classes from "./glucose-chart.module.css";
import { markNames, paintMarks } from "./marks.ts";
import { type Area, xOf } from "./plot.ts";
import { type ReadoutWords, useReadoutWords } from "./readout.ts";
import { useGestures } from "./use-gestures.ts";
import { fitted, type ViewStore } from "./view.ts";
import { type Place, placeAt, type Tree } from "./walk.ts";
import { useChartWords } from "./words.ts";

interface CrosshairProps {
  readings: readonly Reading[];
  gaps: readonly Gap[];
  /** In time order. */
  episodes: readonly Episode[];
  area: Area;
  extent: Span;
  view: ViewStore;
  /** What [ and ] do while the window is a day; else they move it by half its length. */
  onStepDay?: ((by: -1 | 1) => void) | undefined;
  onPlay: () => void;
  /** Reads the curve at a time, for what plays along it. */
  readAt: Ref<(timeMs: number, stays: boolean) => void>;
  timeZone: string;
  unit: GlucoseUnit;
  edges: Edges;
  nowMs: number;
  children: ReactNode;
}

const spareShare = 0.1;

/**
 * Reads single values off the curve, by pointer, touch or keyboard, walks through its days, episodes and gaps, and moves the window. Everything
 * that follows the pointer is written straight into the page, so that no part of the chart is rendered anew.
 */
export function Crosshair(props: CrosshairProps) {
  const { readings, gaps, episodes, area, extent, view, onStepDay, onPlay, readAt, children } = props;
  const { timeZone, unit, edges, nowMs } = props;
  const t = useChartWords();
  const isTouch = useTouch();
  const words = useReadoutWords(timeZone, unit, edges);
  const overlay = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  /** Times, not indices: readings may arrive before them. */
  const at = useRef<Place | null>(null);
  const pinnedMs = useRef<number | null>(null);
  const tree = useMemo<Tree>(
    () => ({
      readings,
      episodes,
      gaps,
      days: localDays(extent.startMs, Math.min(extent.endMs, nowMs), timeZone),
    }),
    [readings, episodes, gaps, extent, nowMs, timeZone],
  );

  const readingAt = (timeMs: number | null) => {
    const reading = timeMs === null ? undefined : readings[firstAtOrAfter(readings, timeMs)];
    return reading?.timeMs === timeMs ? reading : undefined;
  };
  const ownReading = () => readingAt(at.current?.level === "reading" ? at.current.timeMs : null);
  const paintAll = () =>
    paintMarks(
      marks.current,
      { ...area, ...view.get() },
      { at: at.current, pinnedMs: pinnedMs.current, readingAt },
    );

  const wordsOf = (place: Place | null): ReadoutWords | null => {
    if (place === null) return null;
    if (place.level === "view") return words.stretch(view.get(), false, tree);
    if (place.level === "day") return words.stretch(place, true, tree);
    if (place.level === "episode") return words.episode(place.episode, extent.endMs, nowMs);
    // One that is going on has grown meanwhile.
    if (place.level === "gap")
      return words.gap(gaps.find(({ fromMs }) => fromMs === place.gap.fromMs) ?? place.gap);
    const reading = readingAt(place.timeMs);
    if (!reading) return null;
    const told = words.reading(
      reading,
      gaps.find(({ toMs }) => toMs === reading.timeMs),
    );
    const other = readingAt(pinnedMs.current);
    const pinned = !other ? "" : other === reading ? t("pinned") : words.difference(other, reading);
    return { ...told, details: [pinned, told.details].filter(Boolean).join(" · ") };
  };
  /** Writes what is chosen into the line above the curve and, unless it is the pointer that chose, into the slider's value. */
  const paintWords = ({ forPointer = false, instead = "" } = {}) => {
    const told = wordsOf(at.current);
    const { startMs, endMs } = view.get();
    const [first, last] = [firstAtOrAfter(readings, startMs), firstAtOrAfter(readings, endMs + 1) - 1];
    const hint = instead || (last < first ? t("empty") : t(isTouch ? "readHintTouch" : "readHint"));
    const texts = told ? [told.value, told.state, told.when, told.details] : ["", "", hint, ""];
    for (const [i, text] of texts.entries()) {
      const node = readout.current?.children[i];
      if (node && node.textContent !== text) node.textContent = text;
    }
    readout.current?.toggleAttribute("data-empty", !told);
    if (forPointer) return;
    const reading = ownReading();
    const index = reading ? firstAtOrAfter(readings, reading.timeMs) : last;
    overlay.current?.setAttribute("aria-valuemax", String(Math.max(0, last - first)));
    overlay.current?.setAttribute("aria-valuenow", String(Math.max(0, Math.min(index, last) - first)));
    overlay.current?.setAttribute("aria-valuetext", texts.filter(Boolean).join(t("comma")));
  };

  const frame = useRef(0);
  /** What a pointer passes over is only shown; what it stays with, or leaves, is the slider's value too. */
  const pointAt = (x: number | null, stays = x === null) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      at.current = x === null ? null : placeAt({ readings, gaps }, { ...area, ...view.get() }, x);
      paintAll();
      paintWords({ forPointer: !stays });
    });
  };
  useImperativeHandle(readAt, () => (timeMs, stays) => {
    const plot = { ...area, ...view.get() };
    at.current = placeAt({ readings, gaps }, plot, xOf(plot, timeMs));
    paintAll();
    paintWords({ forPointer: !stays });
  });
  const pin = () => {
    const timeMs = ownReading()?.timeMs ?? null;
    pinnedMs.current = pinnedMs.current === timeMs ? null : timeMs;
    paintAll();
    paintWords();
  };
  /** Chooses a place, and brings it into view. */
  const goTo = (place: Place) => {
    at.current = place;
    const { startMs, endMs } = view.get();
    if (place.level !== "view") {
      const [fromMs, toMs] =
        place.level === "reading" ? [place.timeMs, place.timeMs] : [place.startMs, place.endMs];
      if (fromMs < startMs || toMs > endMs) {
        const lengthMs = Math.max(endMs - startMs, (toMs - fromMs) * (1 + spareShare));
        const middleMs = (fromMs + toMs) / 2;
        view.set(fitted({ startMs: middleMs - lengthMs / 2, endMs: middleMs + lengthMs / 2 }, extent));
      }
    }
    paintAll();
    paintWords();
  };
  const back = () => {
    if (pinnedMs.current !== null) pinnedMs.current = null;
    else if (at.current !== null) at.current = null;
    else view.set(extent);
    paintAll();
    paintWords();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isEmpty = readings.length === 0 && !["Escape", "[", "]"].includes(event.key);
    const keys = keysOf({
      tree,
      extent,
      view,
      onStepDay,
      onPlay,
      goTo,
      pin,
      back,
      place: at.current,
      isShift: event.shiftKey,
      say: (what) => paintWords({ instead: t(what) }),
    });
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!act || isEmpty) return;
    event.preventDefault();
    act();
  };

  useGestures(overlay, {
    view,
    extent,
    area,
    onPoint: (x) => pointAt(x),
    onRest: (x) => pointAt(x, true),
    // A mouse has pointed at it already; a finger reads with the first tap and marks with the second.
    onTap: (x) => {
      const place = placeAt({ readings, gaps }, { ...area, ...view.get() }, x);
      if (place?.level === "reading" && place.timeMs === ownReading()?.timeMs) pin();
      else pointAt(x, true);
    },
  });

  const paint = useRef({ paintAll, paintWords });
  paint.current = { paintAll, paintWords };
  useLayoutEffect(() => {
    paint.current.paintAll();
    paint.current.paintWords();
  });
  useLayoutEffect(
    () =>
      view.onFrame(() => {
        paint.current.paintAll();
        // What there is to read depends on what is in view.
        if (at.current === null || at.current.level === "view") paint.current.paintWords();
      }),
    [view],
  );

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
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown PageUp PageDown Home End Enter E Shift+E P + - [ ] Escape"
        onKeyDown={onKeyDown}
        onFocus={() => paintWords()}
        onDoubleClick={() => view.set(extent)}
      >
        {children}
        <div className={classes.marks} ref={marks} aria-hidden="true">
          {markNames.map((name) => (
            <div key={name} data-mark={name} style={{ top: area.y, height: area.height }}>
              <span className={classes.markDot} />
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
