import { useMergedRef } from "@mantine/hooks";
import { type Ref, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import type { Episode } from "#glucose/episodes.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { Dotted } from "../ui/dotted.tsx";
import { useTextScale } from "../ui/use-text-scale.ts";
import { useTouch } from "../ui/use-touch.ts";
import { useWidth } from "../ui/use-width.ts";
import { axisTopMmolL } from "./axis.ts";
import { Crosshair } from "./crosshair.tsx";
import { CurveLayer } from "./curve-layer.tsx";
import { createCurve } from "./curve-model.ts";
import { isByDay } from "./day-bars.ts";
import type { Frame } from "./frame.tsx";
import classes from "./glucose-chart.module.css";
import { axisWidthFor, marginFor } from "./margin.ts";
import { Overview } from "./overview.tsx";
import { PaperChart } from "./paper-chart.tsx";
import type { Area } from "./plot.ts";
import { SoundControls } from "./sound-controls.tsx";
import type { CursorHandle } from "./use-cursor.ts";
import { createViewStore, fitted, isWhole, type ViewStore } from "./view.ts";
import type { Place } from "./walk.ts";

interface GlucoseChartProps {
  /** Its cursor, for what is chosen elsewhere on the page. */
  ref?: Ref<CursorHandle>;
  readings: readonly Reading[];
  /** All that can be shown, Unix ms. */
  extent: Span;
  /** The part of it that is shown; null for all. */
  window?: Span | null;
  /** Called once the window stands still after it was moved; null when it is all of the extent again. */
  onWindow?: (window: Span | null) => void;
  /** Goes to the day before or after, where the window is a day. */
  onStepDay?: ((by: -1 | 1) => void) | undefined;
  gaps: readonly Gap[];
  /** What the keyboard can step through, in time order. */
  episodes: readonly Episode[];
  /** Of the targets that the readings are judged by. */
  edges: Edges;
  timeZone: string;
  unit: GlucoseUnit;
  nowMs: number;
  height?: number;
}

// Under way while the curve is drawn, which does not wait for it.
const frame = import("./frame.tsx");

/**
 * Readings as a curve on the fixed axis of clinical.md, times in `timeZone`. Recharts draws the frame and is given no
 * points: the curve is a layer over it that paints itself, and reading it off is an overlay outside.
 */
export function GlucoseChart(props: GlucoseChartProps) {
  const { readings, extent, window: shown = null, onWindow, onStepDay, gaps, episodes } = props;
  const { ref, edges, timeZone, unit, nowMs, height = 380 } = props;
  const t = useMessages("chart", "curve");
  const isTouch = useTouch();
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure);
  const textScale = useTextScale(figure);
  const Frame = useFrameAfterPaint();
  const isPainted = Frame !== null && width > 0;
  const curve = useMemo(() => createCurve(readings), [readings]);
  const latest = readings.at(-1);
  const { startMs, endMs } = extent;
  const topMmolL = useMemo(() => axisTopMmolL(readings, { startMs, endMs }), [readings, startMs, endMs]);
  const area = useMemo<Area>(() => {
    const margin = marginFor(textScale);
    const x = margin.left + axisWidthFor(textScale);
    return {
      x,
      y: margin.top,
      width: Math.max(1, width - margin.right - x),
      height: height - margin.top - margin.bottom,
      topMmolL,
      textScale,
    };
  }, [width, height, topMmolL, textScale]);
  const whole = useMemo(() => ({ startMs, endMs }), [startMs, endMs]);

  const view = useShownWindow(shown, whole, onWindow);
  const togglePlaying = useRef<(place: Place | null) => void>(null);
  const cursor = useRef<CursorHandle>(null);
  const handle = useMergedRef(cursor, ref);
  const playhead = () => figure.current?.querySelector<HTMLElement>("[data-mark=playing]");
  const byDay = useSyncExternalStore(view.onFrame, () => isByDay(view.get(), area));

  return (
    <figure className={classes.figure} ref={figure}>
      <Crosshair
        readings={readings}
        gaps={gaps}
        episodes={episodes}
        area={area}
        extent={whole}
        view={view}
        onStepDay={onStepDay}
        timeZone={timeZone}
        unit={unit}
        edges={edges}
        nowMs={nowMs}
        onPlay={(place) => togglePlaying.current?.(place)}
        handle={handle}
      >
        <div className={classes.frame} style={{ height }} aria-hidden="true">
          {isPainted && (
            <Frame
              width={width}
              height={height}
              edges={edges}
              unit={unit}
              topMmolL={topMmolL}
              textScale={textScale}
            />
          )}
          {width > 0 && (
            <svg
              aria-hidden="true"
              className={classes.canvas}
              width={width}
              height={height}
              viewBox={`0 0 ${width} ${height}`}
            >
              <CurveLayer
                curve={curve}
                gaps={gaps}
                latest={latest}
                area={area}
                view={view}
                timeZone={timeZone}
                edges={edges}
                unit={unit}
                nowMs={nowMs}
                testId="curve"
              />
            </svg>
          )}
        </div>
      </Crosshair>
      {isPainted && (
        <PaperChart
          curve={curve}
          gaps={gaps}
          latest={latest}
          topMmolL={topMmolL}
          timeZone={timeZone}
          edges={edges}
          unit={unit}
          nowMs={nowMs}
          span={shown ? fitted(shown, whole) : whole}
        />
      )}
      {isPainted && (
        <Overview
          curve={curve}
          extent={whole}
          view={view}
          x={area.x}
          width={area.width}
          topMmolL={topMmolL}
        />
      )}
      <figcaption className={classes.caption}>
        <Dotted>
          {unit}
          {t("timesIn", { zone: timeZone })}
          <span data-print="no">{t(byDay ? "byDay" : "byReading")}</span>
        </Dotted>{" "}
        {topMmolL > axisMaxMmolL && (
          <span className={classes.tallAxis}>
            {t("tallAxis", { top: formatEdge(topMmolL, unit), usual: formatEdge(axisMaxMmolL, unit), unit })}
          </span>
        )}
        <SoundControls
          ref={togglePlaying}
          readings={readings}
          gaps={gaps}
          edges={edges}
          timeZone={timeZone}
          view={view}
          area={area}
          playhead={playhead}
          cursor={cursor}
        />
        <details className={classes.help}>
          <summary>{t("help")}</summary>
          <p>{t("helpMarks")}</p>
          <p>{t(isTouch ? "helpTouch" : "helpPointer")}</p>
          <p>{t("helpKeys")}</p>
          <p>{t("helpTree")}</p>
          <p>{t("helpSound")}</p>
        </details>
      </figcaption>
    </figure>
  );
}

/** The window on screen. It follows the address and the growing extent, and tells when it was moved by hand and has come to rest. */
function useShownWindow(
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

/** Null until the curve is on screen: it comes first, what stands around it with the next frames. */
function useFrameAfterPaint(): typeof Frame | null {
  const [loaded, setLoaded] = useState<{ Frame: typeof Frame } | null>(null);
  useEffect(() => {
    let isGone = false;
    requestAnimationFrame(() =>
      requestAnimationFrame(async () => {
        const module = await frame;
        if (!isGone) setLoaded(module);
      }),
    );
    return () => {
      isGone = true;
    };
  }, []);
  return loaded?.Frame ?? null;
}
