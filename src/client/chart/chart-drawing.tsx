import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import type { Curve, DaysOf } from "#report/chart/curve-model.ts";
import type { Area } from "#report/chart/plot.ts";
import { CurveLayer } from "./curve-layer.tsx";
import type { Frame } from "./frame.tsx";
import classes from "./glucose-chart.module.css";
import type { ViewStore } from "./view.ts";

interface ChartDrawingProps {
  /** Null until the curve is on screen. */
  Frame: typeof Frame | null;
  /** 0 before the first layout. */
  width: number;
  height: number;
  area: Area;
  curve: Curve;
  daysOf: DaysOf;
  gaps: readonly Gap[];
  latest: Reading | undefined;
  view: ViewStore;
  timeZone: string;
  edges: Edges;
  unit: GlucoseUnit;
  nowMs: number;
}

/** What is drawn on the screen: the frame, and the curve over it. */
export function ChartDrawing(props: ChartDrawingProps) {
  const { Frame, width, height, area, curve, daysOf, gaps, latest, view, timeZone, edges, unit, nowMs } =
    props;
  const { topMmolL = axisMaxMmolL, textScale = 1 } = area;
  return (
    <div className={classes.frame} style={{ height }} aria-hidden="true">
      {Frame && width > 0 && (
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
            daysOf={daysOf}
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
  );
}
