import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import { axisTicks } from "./axis.ts";
import { labelShifts } from "./label-room.ts";
import { type Area, yOf } from "./plot.ts";

/** Of a sheet's width in portrait, px; its type is sized so that no sheet brings it below 7 pt. */
export const paperWidth = 700;
/** Of the curve on it. */
export const paperHeight = 270;
/** A line of the axis' own type. */
export const paperLabelRoomPx = 10;

/** The sheet's plot: as the frame on the screen, but of the one drawing that its curve is a part of. */
export const paperArea = (height: number, topMmolL: number): Area => ({
  x: 34,
  y: 8,
  width: paperWidth - 34 - 16,
  height: height - 8 - 22,
  topMmolL,
});

/** The line of a value, across the plot. */
export const levelPath = (area: Area, valueMmolL: number): string =>
  `M${area.x} ${yOf(area, valueMmolL)}h${area.width}`;

/** The range as an area, in SVG path data. */
export const rangePath = (area: Area, { low, high }: Pick<Edges, "low" | "high">): string =>
  `M${area.x} ${yOf(area, high)}h${area.width}V${yOf(area, low)}h${-area.width}Z`;

interface Tick {
  readonly valueMmolL: number;
  readonly text: string;
  /** Where its right end and its middle are. */
  readonly x: number;
  readonly y: number;
}

/** The values named on the axis, each where it has room. */
export function axisLabels(area: Area, edges: Edges, unit: GlucoseUnit, labelRoomPx: number): Tick[] {
  const ticks = axisTicks(edges, area.topMmolL ?? axisMaxMmolL);
  const foot = area.y + area.height;
  const shifts = labelShifts(
    ticks.map((value) => foot - yOf(area, value)),
    labelRoomPx,
  );
  return ticks.map((valueMmolL, i) => ({
    valueMmolL,
    text: formatEdge(valueMmolL, unit),
    x: area.x - 5,
    y: yOf(area, valueMmolL) + (shifts[i] ?? 0),
  }));
}

/** The range's own edges are the heavy ones. */
export const isRangeEdge = (valueMmolL: number, { low, high }: Edges): boolean =>
  valueMmolL === low || valueMmolL === high;
