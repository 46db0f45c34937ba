import { useMemo } from "react";
import type { Edges } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import type { Curve, DaysOf } from "#report/chart/curve-model.ts";
import { paperArea, paperHeight, paperWidth } from "#report/chart/frame-paths.ts";
import { CurveLayer } from "./curve-layer.tsx";
import classes from "./paper.module.css";
import { PaperFrame } from "./paper-frame.tsx";
import type { ViewStore } from "./view.ts";

interface PaperChartProps {
  curve: Curve;
  daysOf: DaysOf;
  gaps: readonly Gap[];
  latest: Reading | undefined;
  /** What the curve on the screen shows. */
  span: Span;
  topMmolL: number;
  timeZone: string;
  edges: Edges;
  unit: GlucoseUnit;
  nowMs: number;
}

/** A window that stands still. */
const still = (span: Span): ViewStore => ({
  get: () => span,
  set: () => {},
  follow: () => {},
  onFrame: () => () => {},
});

/**
 * The chart as it is printed: laid out for a sheet whatever the window's width was, axis
 * and curve in one drawing, so that they can only be scaled together. What stands on the
 * screen is two layers, and is not printed.
 */
export function PaperChart(props: PaperChartProps) {
  const { curve, daysOf, gaps, latest, span, topMmolL, timeZone, edges, unit, nowMs } = props;
  const { startMs, endMs } = span;
  const view = useMemo(() => still({ startMs, endMs }), [startMs, endMs]);
  const area = useMemo(() => paperArea(paperHeight, topMmolL), [topMmolL]);
  return (
    <svg className={classes.paper} viewBox={`0 0 ${paperWidth} ${paperHeight}`} aria-hidden="true">
      <PaperFrame area={area} edges={edges} unit={unit} />
      <CurveLayer
        curve={curve}
        daysOf={daysOf}
        gaps={gaps}
        latest={latest}
        area={area}
        view={view}
        timeZone={timeZone}
        edges={edges}
        unit={unit}
        nowMs={nowMs}
        testId="paper-curve"
      />
    </svg>
  );
}
