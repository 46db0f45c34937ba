import { type Edges, edgesUpward } from "#glucose/bands.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import type { DrawnText, Shape } from "../drawing.ts";
import { axisLabels, isRangeEdge, levelPath, paperLabelRoomPx, rangePath } from "./frame-paths.ts";
import type { Area } from "./plot.ts";

/** Of texts in a drawing as wide as `paperWidth`. */
export const paperTextPx = 10.5;
/** From the middle of a line of text down to its baseline, in its size. */
const middle = 0.35;

/** A text whose middle is at `y`. */
export const textAround = ({ y, size, ...text }: DrawnText): DrawnText => ({
  ...text,
  y: y + middle * size,
  size,
});

export const rangeEdges = (area: Area, { low, high }: Edges): Shape[] =>
  [low, high].map((value) => ({ d: levelPath(area, value), stroke: "in-range", width: 1.5 }));

/** Axis, range and edges. */
export const frameDrawing = (
  area: Area,
  edges: Edges,
  unit: GlucoseUnit,
): { shapes: Shape[]; texts: DrawnText[] } => ({
  shapes: [
    { d: rangePath(area, edges), fill: "in-range", opacity: 0.09 },
    ...edgesUpward(edges)
      .filter((value) => !isRangeEdge(value, edges))
      .map((value): Shape => ({ d: levelPath(area, value), stroke: "line", width: 1 })),
    ...rangeEdges(area, edges),
  ],
  texts: axisLabels(area, edges, unit, paperLabelRoomPx).map(({ valueMmolL, text, x, y }) => {
    const isBold = isRangeEdge(valueMmolL, edges);
    return textAround({
      text,
      x,
      y,
      size: paperTextPx,
      anchor: "end",
      tone: isBold ? "ink" : "quiet",
      isBold,
    });
  }),
});
