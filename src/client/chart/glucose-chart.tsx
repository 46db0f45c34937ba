import { useMemo, useState } from "react";
import {
  CartesianGrid,
  ComposedChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { axisMaxMmolL, edgesMmolL } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { formatDate, formatTime, localeOf } from "../ui/time.ts";
import { ChartSummary } from "./chart-summary.tsx";
import { Crosshair } from "./crosshair.tsx";
import { CurveLayer } from "./curve-layer.tsx";
import { createCurve } from "./curve-model.ts";
import classes from "./glucose-chart.module.css";
import { type TimeTick, timeTicks } from "./time-ticks.ts";
import { useChartWords } from "./words.ts";

interface GlucoseChartProps {
  readings: readonly Reading[];
  startMs: number;
  endMs: number;
  timeZone: string;
  unit: GlucoseUnit;
  nowMs: number;
  height?: number;
}

const { veryLow, low, high, veryHigh } = edgesMmolL;
const valueTicks = [veryLow, low, high, veryHigh, axisMaxMmolL];
const margin = { top: 10, right: 12, bottom: 0, left: 0 };
const axisWidth = 42;
const axisHeight = 34;
const none = () => [];

/**
 * Readings from `startMs` to `endMs` (Unix ms) as a curve on the fixed axis of clinical.md, times in `timeZone`. Recharts
 * draws the frame and is given no points: the curve is one layer inside it, and reading it off is an overlay outside.
 */
export function GlucoseChart({
  readings,
  startMs,
  endMs,
  timeZone,
  unit,
  nowMs,
  height = 380,
}: GlucoseChartProps) {
  const t = useChartWords();
  const curve = useMemo(() => createCurve(readings), [readings]);
  const [width, setWidth] = useState(0);
  const plot = {
    x: margin.left + axisWidth,
    y: margin.top,
    width: Math.max(1, width - margin.left - margin.right - axisWidth),
    height: height - margin.top - margin.bottom - axisHeight,
    startMs,
    endMs,
  };
  const ticks = timeTicks(startMs, endMs, timeZone, plot.width, 62);
  const tickAt = new Map(ticks.map((tick) => [tick.timeMs, tick]));
  return (
    <figure className={classes.figure}>
      <ChartSummary readings={readings} {...{ startMs, endMs, timeZone, unit }} />
      <Crosshair readings={readings} plot={plot} timeZone={timeZone} unit={unit}>
        <div className={classes.frame} style={{ height }} aria-hidden="true">
          <ResponsiveContainer width="100%" height="100%" onResize={(w) => setWidth(w)}>
            <ComposedChart data={none()} margin={margin} accessibilityLayer={false}>
              <CartesianGrid horizontal={false} strokeOpacity={0.5} stroke="var(--page-line)" />
              <ReferenceArea y1={low} y2={high} fill="var(--band-in-range)" fillOpacity={0.09} />
              {valueTicks.slice(0, 4).map((value) => (
                <ReferenceLine
                  key={value}
                  y={value}
                  stroke={value === low || value === high ? "var(--band-in-range)" : "var(--page-line)"}
                  strokeWidth={value === low || value === high ? 1.5 : 1}
                />
              ))}
              <XAxis
                dataKey="timeMs"
                type="number"
                scale="linear"
                domain={[startMs, endMs]}
                allowDataOverflow
                ticks={ticks.map((tick) => tick.timeMs)}
                interval={0}
                height={axisHeight}
                axisLine={{ stroke: "var(--page-line)" }}
                tickLine={false}
                tick={<TimeLabel tickAt={tickAt} timeZone={timeZone} />}
              />
              <YAxis
                dataKey="valueMmolL"
                type="number"
                domain={[0, axisMaxMmolL]}
                allowDataOverflow
                ticks={valueTicks}
                interval={0}
                width={axisWidth}
                axisLine={false}
                tickLine={false}
                tick={<ValueLabel unit={unit} />}
              />
              <CurveLayer curve={curve} readings={readings} plot={plot} nowMs={nowMs} />
            </ComposedChart>
          </ResponsiveContainer>
        </div>
      </Crosshair>
      <figcaption className={classes.caption}>
        {unit} · {t("timesIn", { zone: timeZone })}
      </figcaption>
    </figure>
  );
}

interface LabelProps {
  x?: number;
  y?: number;
  payload?: { value: number };
}

function TimeLabel({
  x,
  y,
  payload,
  tickAt,
  timeZone,
}: LabelProps & { tickAt: Map<number, TimeTick>; timeZone: string }) {
  const { language } = usePreferences();
  const tick = payload && tickAt.get(payload.value);
  if (!tick || x === undefined || y === undefined) return null;
  const date = new Intl.DateTimeFormat(localeOf(language), { day: "numeric", month: "short", timeZone });
  return (
    <text
      x={x}
      y={y + 12}
      className={tick.isMidnight ? classes.dateLabel : classes.label}
      textAnchor="middle"
    >
      <title>{formatDate(tick.timeMs, timeZone, language)}</title>
      {tick.isMidnight ? date.format(tick.timeMs) : formatTime(tick.timeMs, timeZone, language)}
    </text>
  );
}

function ValueLabel({ x, y, payload, unit }: LabelProps & { unit: GlucoseUnit }) {
  if (!payload || x === undefined || y === undefined) return null;
  const isEdge = payload.value === low || payload.value === high;
  return (
    <text x={x} y={y} dy="0.35em" className={isEdge ? classes.edgeLabel : classes.label} textAnchor="end">
      {formatGlucose(payload.value, unit)}
    </text>
  );
}
