import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import { axisTicks } from "./axis.ts";
import { labelShifts } from "./label-room.ts";
import classes from "./paper.module.css";
import { type Area, yOf } from "./plot.ts";

/** Of a sheet's width in portrait, px; its type is sized so that no sheet brings it below 7 pt. */
export const paperWidth = 700;
/** A line of the axis' own type. */
const paperLabelRoomPx = 10;

/** The sheet's plot: as the frame on the screen, but of the one drawing that its curve is a part of. */
export const paperArea = (height: number, topMmolL: number): Area => ({
  x: 34,
  y: 8,
  width: paperWidth - 34 - 16,
  height: height - 8 - 22,
  topMmolL,
});

interface PaperFrameProps {
  area: Area;
  edges: Edges;
  unit: GlucoseUnit;
  /** How far apart the axis' labels stand. */
  labelRoomPx?: number;
}

/** Axis, range and edges of a chart that is one drawing, on paper or on the screen. */
export function PaperFrame({ area, edges, unit, labelRoomPx = paperLabelRoomPx }: PaperFrameProps) {
  const { x, width, topMmolL = axisMaxMmolL } = area;
  const { veryLow, low, high, veryHigh } = edges;
  const lines = [veryLow, low, high, veryHigh];
  const ticks = axisTicks(edges, topMmolL);
  const foot = area.y + area.height;
  const shifts = labelShifts(
    ticks.map((value) => foot - yOf(area, value)),
    labelRoomPx,
  );
  const isEdge = (value: number) => value === low || value === high;
  return (
    <g data-part="frame">
      <rect
        x={x}
        y={yOf(area, high)}
        width={width}
        height={yOf(area, low) - yOf(area, high)}
        className={classes.range}
      />
      {lines.map((value) => (
        <path
          key={value}
          d={`M${x} ${yOf(area, value)}h${width}`}
          data-edge={value}
          className={isEdge(value) ? classes.rangeEdge : classes.edge}
        />
      ))}
      {ticks.map((value, i) => (
        <text
          key={value}
          x={x - 5}
          y={yOf(area, value) + (shifts[i] ?? 0)}
          dy="0.35em"
          className={isEdge(value) ? classes.edgeLabel : classes.label}
        >
          {formatEdge(value, unit)}
        </text>
      ))}
    </g>
  );
}
