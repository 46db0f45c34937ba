import { useId, useLayoutEffect, useRef } from "react";
import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import type { Curve, DaysOf } from "#report/chart/curve-model.ts";
import { type CurveScene, curveScene, layerNames } from "#report/chart/curve-scene.ts";
import { type Area, yOf } from "#report/chart/plot.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { BandGradient } from "./band-gradient.tsx";
import classes from "./glucose-chart.module.css";
import { createLabelPool } from "./label-pool.ts";
import type { ViewStore } from "./view.ts";

interface CurveLayerProps {
  curve: Curve;
  daysOf: DaysOf;
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

/**
 * Paints the scene over the frame that Recharts draws: without React, in the
 * animation frame after the window moved.
 */
export function CurveLayer(props: CurveLayerProps) {
  const { curve, daysOf, gaps, latest, area, view, timeZone, edges, unit, nowMs, testId } = props;
  const t = useMessages("chart", "curve");
  const { language } = usePreferences();
  const id = useId();
  const root = useRef<SVGGElement>(null);
  const labels = useRef<ReturnType<typeof createLabelPool>>(null);

  useLayoutEffect(() => {
    const group = root.current;
    const labelGroup = group?.querySelector<SVGGElement>("[data-part=labels]");
    if (!group || !labelGroup) return;
    labels.current ??= createLabelPool(labelGroup);
    const nodes = layerNames.map((name) => [name, group.querySelector(`[data-part=${name}]`)] as const);
    const model = { curve, daysOf, gaps, latest, nowMs };
    const words = { t, language, unit, timeZone };
    let painted: CurveScene["paths"] | undefined;
    const paint = () => {
      const { paths, labels: texts } = curveScene(model, { ...area, ...view.get() }, words);
      // Setting a path anew costs a new style even where it is the same.
      for (const [name, node] of nodes)
        if (paths[name] !== painted?.[name]) node?.setAttribute("d", paths[name]);
      painted = paths;
      labels.current?.(texts);
    };
    paint();
    return view.onFrame(paint);
  }, [curve, daysOf, gaps, latest, area, view, timeZone, unit, language, nowMs, t]);

  const { x, width, topMmolL = axisMaxMmolL } = area;
  const usualTopY = yOf(area, axisMaxMmolL);
  const bandsFill = `url(#${id}-bands)`;
  return (
    <g ref={root}>
      <Definitions id={id} area={area} edges={edges} />
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

/** The colours of the bands, the hatching of a gap, and what lies inside the plot and below very low. */
function Definitions({ id, area, edges }: { id: string; area: Area; edges: Edges }) {
  const { x, y, width, height } = area;
  return (
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
  );
}
