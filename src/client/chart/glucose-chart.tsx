import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { LineChart, ReferenceArea, ReferenceLine, XAxis, YAxis } from "recharts";
import { axisMaxMmolL, type Edges, edgesMmolL } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { useWidth } from "../ui/use-width.ts";
import { ChartSummary } from "./chart-summary.tsx";
import { Crosshair } from "./crosshair.tsx";
import { type Area, CurveLayer } from "./curve-layer.tsx";
import { createCurve } from "./curve-model.ts";
import classes from "./glucose-chart.module.css";
import { Overview } from "./overview.tsx";
import type { Span } from "./plot.ts";
import { createViewStore, fitted, isWhole } from "./view.ts";
import { useChartWords } from "./words.ts";

interface GlucoseChartProps {
  readings: readonly Reading[];
  /** All that can be shown, Unix ms. */
  extent: Span;
  /** The part of it that is shown; null for all. */
  window?: Span | null;
  /** Called once the window stands still after it was moved; null when it is all of the extent again. */
  onWindow?: (window: Span | null) => void;
  gaps: readonly Gap[];
  /** What the keyboard can step through. */
  episodes?: readonly Span[];
  edges?: Edges;
  timeZone: string;
  unit: GlucoseUnit;
  nowMs: number;
  height?: number;
}

const margin = { top: 10, right: 12, bottom: 30, left: 0 };
const axisWidth = 42;
const nothing: never[] = [];

/**
 * Readings as a curve on the fixed axis of clinical.md, times in `timeZone`. Recharts draws the frame and is given no
 * points: the curve is a layer over it that paints itself, and reading it off is an overlay outside.
 */
export function GlucoseChart(props: GlucoseChartProps) {
  const { readings, extent, window: shown = null, onWindow, gaps, episodes = nothing } = props;
  const { edges = edgesMmolL, timeZone, unit, nowMs, height = 380 } = props;
  const t = useChartWords();
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure);
  const isPainted = useAfterPaint() && width > 0;
  const curve = useMemo(() => createCurve(readings), [readings]);
  const area = useMemo<Area>(
    () => ({
      x: margin.left + axisWidth,
      y: margin.top,
      width: Math.max(1, width - margin.left - margin.right - axisWidth),
      height: height - margin.top - margin.bottom,
    }),
    [width, height],
  );
  const { startMs, endMs } = extent;
  const whole = useMemo(() => ({ startMs, endMs }), [startMs, endMs]);

  const notify = useRef({ onWindow, whole });
  notify.current = { onWindow, whole };
  const [view] = useState(() =>
    createViewStore(shown ? fitted(shown, whole) : whole, (rested) => {
      const { onWindow: tell, whole: all } = notify.current;
      tell?.(isWhole(rested, all) ? null : rested);
    }),
  );
  // Follows the address and the growing extent, but not while nothing of the two has changed.
  const [shownStart, shownEnd] = [shown?.startMs, shown?.endMs];
  useLayoutEffect(() => {
    const asked =
      shownStart !== undefined && shownEnd !== undefined ? { startMs: shownStart, endMs: shownEnd } : null;
    view.follow(asked ? fitted(asked, whole) : whole);
  }, [view, whole, shownStart, shownEnd]);

  return (
    <figure className={classes.figure} ref={figure}>
      {isPainted && <ChartSummary {...{ curve, gaps, timeZone, unit, startMs, endMs }} />}
      <Crosshair {...{ readings, gaps, episodes, area, extent: whole, view, timeZone, unit, edges }}>
        <div className={classes.frame} style={{ height }} aria-hidden="true">
          {isPainted && <Frame {...{ width, height, edges, unit }} />}
          {width > 0 && (
            <svg
              aria-hidden="true"
              className={classes.canvas}
              width={width}
              height={height}
              viewBox={`0 0 ${width} ${height}`}
            >
              <CurveLayer {...{ curve, gaps, area, view, timeZone, edges, nowMs }} latest={readings.at(-1)} />
            </svg>
          )}
        </div>
      </Crosshair>
      {isPainted && <Overview {...{ curve, extent: whole, view, x: area.x, width: area.width }} />}
      <figcaption className={classes.caption}>
        {unit} · {t("timesIn", { zone: timeZone })}
        <details className={classes.help}>
          <summary>{t("help")}</summary>
          <p>{t("helpMarks")}</p>
          <p>{t("helpPointer")}</p>
          <p>{t("helpKeys")}</p>
        </details>
      </figcaption>
    </figure>
  );
}

/** False until the first frame is on screen: the curve comes first, what stands around it in the next frame. */
function useAfterPaint(): boolean {
  const [isAfter, setIsAfter] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setIsAfter(true));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return isAfter;
}

interface FrameProps {
  width: number;
  height: number;
  edges: Edges;
  unit: GlucoseUnit;
}

/** Axis, range and edges, drawn by Recharts once and not again while the window moves. */
const Frame = memo(function Frame({ width, height, edges, unit }: FrameProps) {
  const { veryLow, low, high, veryHigh } = edges;
  const lines = [veryLow, low, high, veryHigh];
  return (
    <LineChart width={width} height={height} data={nothing} margin={margin} accessibilityLayer={false}>
      <XAxis dataKey="timeMs" type="number" domain={[0, 1]} allowDataOverflow hide />
      <YAxis
        dataKey="valueMmolL"
        type="number"
        domain={[0, axisMaxMmolL]}
        allowDataOverflow
        ticks={[...lines, axisMaxMmolL]}
        interval={0}
        width={axisWidth}
        axisLine={false}
        tickLine={false}
        tick={<ValueLabel unit={unit} edges={edges} />}
      />
      <ReferenceArea y1={low} y2={high} fill="var(--band-in-range)" fillOpacity={0.09} />
      {lines.map((value) => (
        <ReferenceLine
          key={value}
          y={value}
          stroke={value === low || value === high ? "var(--band-in-range)" : "var(--page-line)"}
          strokeWidth={value === low || value === high ? 1.5 : 1}
        />
      ))}
    </LineChart>
  );
});

interface LabelProps {
  x?: number;
  y?: number;
  payload?: { value: number };
  unit: GlucoseUnit;
  edges: Edges;
}

function ValueLabel({ x, y, payload, unit, edges }: LabelProps) {
  if (!payload || x === undefined || y === undefined) return null;
  const isEdge = payload.value === edges.low || payload.value === edges.high;
  return (
    <text x={x} y={y} dy="0.35em" className={isEdge ? classes.edgeLabel : classes.label} textAnchor="end">
      {formatGlucose(payload.value, unit)}
    </text>
  );
}
