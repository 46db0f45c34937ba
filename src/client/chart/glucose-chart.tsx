import { type RefObject, useDeferredValue, useMemo, useRef } from "react";
import type { Edges } from "#glucose/bands.ts";
import type { Episode } from "#glucose/episodes.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import { axisTopMmolL } from "#report/chart/axis.ts";
import { createCurve, daysOnceAsked } from "#report/chart/curve-model.ts";
import { ChartCaption } from "./chart-caption.tsx";
import { ChartDrawing } from "./chart-drawing.tsx";
import { Crosshair } from "./crosshair.tsx";
import classes from "./glucose-chart.module.css";
import { Overview } from "./overview.tsx";
import { PaperChart } from "./paper-chart.tsx";
import { SoundControls } from "./sound-controls.tsx";
import { useArea } from "./use-area.ts";
import type { CursorHandle } from "./use-cursor.ts";
import { useFrame } from "./use-frame.ts";
import { useView } from "./use-view.ts";
import { fitted } from "./view.ts";
import type { Place } from "./walk.ts";

interface GlucoseChartProps {
  /** Its cursor, for what is chosen elsewhere on the page. */
  ref?: RefObject<CursorHandle | null>;
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

/**
 * Readings as a curve on the fixed axis of clinical.md, times in `timeZone`. Recharts draws the frame and is
 * given no points: the curve is a layer over it that paints itself, and reading it off is an overlay outside.
 */
export function GlucoseChart(props: GlucoseChartProps) {
  const { readings, extent, window: shown = null, onWindow, onStepDay, gaps, episodes } = props;
  const { ref, edges, timeZone, unit, nowMs, height = 380 } = props;
  const figure = useRef<HTMLElement>(null);
  const { startMs, endMs } = extent;
  const whole = useMemo(() => ({ startMs, endMs }), [startMs, endMs]);
  const curve = useMemo(() => createCurve(readings), [readings]);
  const daysOf = useMemo(() => daysOnceAsked(curve, timeZone), [curve, timeZone]);
  const latest = readings.at(-1);
  const topMmolL = useMemo(() => axisTopMmolL(readings, whole), [readings, whole]);
  const { width, area } = useArea(figure, height, topMmolL);
  const view = useView(shown, whole, onWindow);
  const Frame = useFrame();
  // Nobody sees the sheet: it is drawn once nothing else is left to do.
  const isPaperDue = useDeferredValue(Frame !== null && width > 0, false);
  const togglePlaying = useRef<(place: Place | null) => void>(null);
  const ownCursor = useRef<CursorHandle>(null);
  const cursor = ref ?? ownCursor;
  const playhead = () => figure.current?.querySelector<HTMLElement>("[data-mark=playing]");

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
        handle={cursor}
      >
        <ChartDrawing
          Frame={Frame}
          width={width}
          height={height}
          area={area}
          curve={curve}
          daysOf={daysOf}
          gaps={gaps}
          latest={latest}
          view={view}
          timeZone={timeZone}
          edges={edges}
          unit={unit}
          nowMs={nowMs}
        />
      </Crosshair>
      {isPaperDue && (
        <PaperChart
          curve={curve}
          daysOf={daysOf}
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
      {width > 0 && <Overview curve={curve} extent={whole} view={view} area={area} />}
      <ChartCaption unit={unit} timeZone={timeZone} view={view} area={area}>
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
      </ChartCaption>
    </figure>
  );
}
