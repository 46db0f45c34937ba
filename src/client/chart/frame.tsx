import { memo } from "react";
import { LineChart, ReferenceArea, ReferenceLine, XAxis, YAxis } from "recharts";
import { type Edges, edgesUpward } from "#glucose/bands.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import { axisTicks } from "#report/chart/axis.ts";
import { labelShifts, usualRoomPx } from "#report/chart/label-room.ts";
import classes from "./glucose-chart.module.css";
import { axisWidthFor, marginFor } from "./margin.ts";

const nothing: never[] = [];
/** Drawn as they stand here: any other layer is a portal, and one more rendering of its parts. */
const inOrder = 0;

interface FrameProps {
  width: number;
  height: number;
  edges: Edges;
  unit: GlucoseUnit;
  topMmolL: number;
  textScale: number;
}

/** Axis, range and edges, drawn by Recharts once and not again while the window moves. */
export const Frame = memo(function Frame(props: FrameProps) {
  const { width, height, edges, unit, topMmolL, textScale } = props;
  const margin = marginFor(textScale);
  const { low, high } = edges;
  const lines = edgesUpward(edges);
  const ticks = axisTicks(edges, topMmolL);
  const perMmolL = (height - margin.top - margin.bottom) / topMmolL;
  const shifts = labelShifts(
    ticks.map((value) => value * perMmolL),
    usualRoomPx * textScale,
  );
  return (
    <LineChart width={width} height={height} data={nothing} margin={margin} accessibilityLayer={false}>
      <XAxis dataKey="timeMs" type="number" domain={[0, 1]} allowDataOverflow hide />
      <YAxis
        dataKey="valueMmolL"
        type="number"
        domain={[0, topMmolL]}
        allowDataOverflow
        ticks={ticks}
        interval={0}
        width={axisWidthFor(textScale)}
        axisLine={false}
        tickLine={false}
        tick={<ValueLabel unit={unit} edges={edges} shiftOf={(value) => shifts[ticks.indexOf(value)] ?? 0} />}
      />
      <ReferenceArea y1={low} y2={high} fill="var(--band-in-range)" fillOpacity={0.09} zIndex={inOrder} />
      {lines.map((value) => (
        <ReferenceLine
          key={value}
          y={value}
          zIndex={inOrder}
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
  shiftOf: (valueMmolL: number) => number;
}

function ValueLabel({ x, y, payload, unit, edges, shiftOf }: LabelProps) {
  if (!payload || x === undefined || y === undefined) return null;
  const isEdge = payload.value === edges.low || payload.value === edges.high;
  return (
    <text
      x={x}
      y={y + shiftOf(payload.value)}
      dy="0.35em"
      className={isEdge ? classes.edgeLabel : classes.label}
      textAnchor="end"
    >
      {formatEdge(payload.value, unit)}
    </text>
  );
}
