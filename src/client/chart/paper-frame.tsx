import { type Edges, edgesUpward } from "#glucose/bands.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import {
  axisLabels,
  isRangeEdge,
  levelPath,
  paperLabelRoomPx,
  rangePath,
} from "#report/chart/frame-paths.ts";
import type { Area } from "#report/chart/plot.ts";
import classes from "./paper.module.css";

interface PaperFrameProps {
  area: Area;
  edges: Edges;
  unit: GlucoseUnit;
  /** How far apart the axis' labels stand. */
  labelRoomPx?: number | undefined;
}

/** Axis, range and edges of a chart that is one drawing, on paper or on the screen. */
export function PaperFrame({ area, edges, unit, labelRoomPx = paperLabelRoomPx }: PaperFrameProps) {
  return (
    <g data-part="frame">
      <path d={rangePath(area, edges)} className={classes.range} />
      {edgesUpward(edges).map((value) => (
        <path
          key={value}
          d={levelPath(area, value)}
          data-edge={value}
          className={isRangeEdge(value, edges) ? classes.rangeEdge : classes.edge}
        />
      ))}
      {axisLabels(area, edges, unit, labelRoomPx).map(({ valueMmolL, text, x, y }) => (
        <text
          key={valueMmolL}
          x={x}
          y={y}
          dy="0.35em"
          className={isRangeEdge(valueMmolL, edges) ? classes.edgeLabel : classes.label}
        >
          {text}
        </text>
      ))}
    </g>
  );
}
