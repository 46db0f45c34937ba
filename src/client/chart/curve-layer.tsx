import { useId, useLayoutEffect, useMemo, useRef } from "react";
import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import { dayRangesOf } from "#glucose/day-ranges.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { placeArrows } from "./arrows.ts";
import { BandGradient } from "./band-gradient.tsx";
import { clippedValues, gapAreas, sensorMarks, timeGrid, withinPlot } from "./curve-labels.ts";
import type { Curve } from "./curve-model.ts";
import { curvePath, implausiblePath, warmUpPath } from "./curve-path.ts";
import { dayBars, isByDay } from "./day-bars.ts";
import classes from "./glucose-chart.module.css";
import { createLabelPool } from "./label-pool.ts";
import { type Area, type Plot, xOf, yOf } from "./plot.ts";
import { arrowPath } from "./trend-arrow.tsx";
import type { ViewStore } from "./view.ts";
import { useChartWords } from "./words.ts";

interface CurveLayerProps {
  curve: Curve;
  gaps: readonly Gap[];
  latest: Reading | undefined;
  area: Area;
  view: ViewStore;
  timeZone: string;
  edges: Edges;
  unit: GlucoseUnit;
  nowMs: number;
  /** By which tests find the line: the one on screen and the one on paper are drawn apart. */
  testId: "curve" | "paper-curve";
}

const laneHeight = 4;
const partNames = [
  "grid",
  "days",
  "medians",
  "holes",
  "gaps",
  "late",
  "changes",
  "warm-up",
  "curve",
  "very-low",
  "second",
  "second-core",
  "clipped",
  "implausible",
  "arrows",
  "latest",
] as const;
type PartName = (typeof partNames)[number];

const latePath = ({ late }: Curve, plot: Plot): string => {
  let path = "";
  for (const { startMs, endMs } of late)
    if (endMs >= plot.startMs && startMs <= plot.endMs)
      path += `M${withinPlot(plot, startMs)} ${plot.y + plot.height - laneHeight / 2}H${Math.max(withinPlot(plot, startMs) + 2, withinPlot(plot, endMs))}`;
  return path;
};

/**
 * The curve, its gaps with their reasons, late uploads, sensor changes, warm-up dots, trend arrows and times, over the frame that
 * Recharts draws. It repaints itself, without React, in the animation frame after the window moved.
 */
export function CurveLayer(props: CurveLayerProps) {
  const { curve, gaps, latest, area, view, timeZone, edges, unit, nowMs, testId } = props;
  const t = useChartWords();
  const { language } = usePreferences();
  const id = useId();
  const root = useRef<SVGGElement>(null);
  const labels = useRef<ReturnType<typeof createLabelPool>>(null);
  const days = useMemo(() => dayRangesOf(curve.readings, timeZone), [curve, timeZone]);

  useLayoutEffect(() => {
    const group = root.current;
    const labelGroup = group?.querySelector<SVGGElement>("[data-part=labels]");
    if (!group || !labelGroup) return;
    labels.current ??= createLabelPool(labelGroup);
    const nodes = new Map(partNames.map((name) => [name, group.querySelector(`[data-part=${name}]`)]));
    const words = { t, language, unit, timeZone };
    const [first, ...others] = curve.tracks;

    const paint = () => {
      const plot = { ...area, ...view.get() };
      const byDay = isByDay(plot, plot);
      const time = timeGrid(plot, words);
      const gap = gapAreas(gaps, plot, words);
      const sensors = sensorMarks(curve, plot, words);
      const line = curvePath({ tracks: first && !byDay ? [first] : [] }, plot);
      const second = curvePath({ tracks: byDay ? [] : others }, plot);
      const bars = dayBars(byDay ? days : [], plot);
      const clipped = clippedValues(
        byDay
          ? bars
          : {
              clippedX: [...line.clippedX, ...second.clippedX],
              clippedMmolL: [...line.clippedMmolL, ...second.clippedMmolL],
            },
        plot,
        words,
      );
      let arrows = "";
      for (const arrow of byDay ? [] : placeArrows(curve, plot, clipped.taken)) {
        // The arrow of a reading that no longer speaks for now would say that it does.
        if (arrow.timeMs === latest?.timeMs && freshnessOf(arrow.timeMs, nowMs) !== "current") continue;
        arrows += arrowPath(arrow.trend, arrow.x, arrow.y);
      }
      const isLatestShown =
        latest && !byDay && !latest.warmUp && latest.timeMs >= plot.startMs && latest.timeMs <= plot.endMs;
      const paths: Record<PartName, string> = {
        grid: time.grid,
        days: bars.bars,
        medians: bars.medians,
        // A gap stays a gap where a day's bar would stand over it.
        holes: byDay ? gap.areas : "",
        gaps: gap.areas,
        late: latePath(curve, plot),
        changes: sensors.lines,
        "warm-up": warmUpPath(curve, plot),
        curve: line.path,
        "very-low": line.path,
        second: second.path,
        "second-core": second.path,
        clipped: clipped.marks,
        implausible: implausiblePath(curve, plot),
        arrows,
        latest: isLatestShown
          ? `M${xOf(plot, latest.timeMs).toFixed(1)} ${yOf(plot, latest.valueMmolL).toFixed(1)}h0`
          : "",
      };
      for (const name of partNames) nodes.get(name)?.setAttribute("d", paths[name]);
      labels.current?.([...time.texts, ...gap.texts, ...sensors.texts, ...clipped.texts]);
    };
    paint();
    return view.onFrame(paint);
  }, [curve, days, gaps, latest, area, view, timeZone, unit, language, nowMs, t]);

  const { x, y, width, height, topMmolL = axisMaxMmolL } = area;
  const usualTopY = yOf(area, axisMaxMmolL);
  const bandsFill = `url(#${id}-bands)`;
  return (
    <g ref={root}>
      <defs>
        <BandGradient id={`${id}-bands`} area={area} edges={edges} />
        <pattern
          id={`${id}-gap`}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line y2={6} stroke="var(--page-line)" strokeWidth={3} />
        </pattern>
        <clipPath id={`${id}-plot`}>
          <rect x={x} y={y - 4} width={width} height={height + 8} />
        </clipPath>
        <clipPath id={`${id}-very-low`}>
          <rect x={x} y={yOf(area, edges.veryLow)} width={width} height={height} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}-plot)`}>
        <path data-part="grid" className={classes.grid} />
        <path data-part="days" className={classes.days} fill={bandsFill} />
        <path data-part="medians" className={classes.medians} />
        <path data-part="holes" className={classes.holes} />
        <path data-part="gaps" fill={`url(#${id}-gap)`} />
        <path data-part="late" className={classes.late} />
        <path data-part="changes" className={classes.change} />
        <path data-part="warm-up" className={classes.warmUp} />
        <path data-part="curve" data-testid={testId} className={classes.curve} stroke={bandsFill} />
        <path data-part="second" className={classes.second} stroke={bandsFill} />
        <path data-part="second-core" className={classes.secondCore} />
        <path data-part="clipped" fill="var(--band-very-high)" />
        <path data-part="implausible" className={classes.implausible} />
        <path data-part="arrows" className={classes.arrows} />
      </g>
      <path data-part="very-low" className={classes.veryLow} clipPath={`url(#${id}-very-low)`} />
      <path data-part="latest" className={classes.latest} />
      {topMmolL > axisMaxMmolL && <path d={`M${x} ${usualTopY}h${width}`} className={classes.usualTop} />}
      <g data-part="labels" />
    </g>
  );
}
