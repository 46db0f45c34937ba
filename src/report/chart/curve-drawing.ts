import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import type { Span } from "#glucose/time.ts";
import type { Drawing, DrawnText, Shape } from "../drawing.ts";
import { bandSpans } from "./band-spans.ts";
import type { LabelWords } from "./curve-labels.ts";
import { type CurveModel, type CurveScene, curveScene } from "./curve-scene.ts";
import { frameDrawing, paperTextPx } from "./frame-drawing.ts";
import { levelPath, paperArea, paperHeight, paperWidth } from "./frame-paths.ts";
import type { Label } from "./label.ts";
import { type Area, yOf } from "./plot.ts";

const hatchPx = 8.5;

const boxPath = (left: number, top: number, right: number, bottom: number) =>
  `M${left} ${top}H${right}V${bottom}H${left}Z`;

/** A path in the colours of the bands that it goes through. */
const inBands = (shape: Omit<Shape, "clip">, paint: "fill" | "stroke", area: Area, edges: Edges): Shape[] => {
  const { x, y, width, height, topMmolL = axisMaxMmolL } = area;
  return bandSpans(edges, topMmolL).map(({ band, fromMmolL, toMmolL }) => {
    const top = toMmolL === topMmolL ? y - 4 : yOf(area, toMmolL);
    const bottom = fromMmolL === 0 ? y + height + 4 : yOf(area, fromMmolL);
    return { ...shape, [paint]: band, clip: boxPath(x, top, x + width, bottom) };
  });
};

/** Slanted lines over all of a plot. */
function hatchPath({ x, y, width, height }: Area): string {
  let path = "";
  for (let from = hatchPx / 2 - height; from < width; from += hatchPx) {
    const [left, right] = [Math.max(0, from), Math.min(width, from + height)];
    path += `M${x + left} ${y + height - (left - from)}L${x + right} ${y + height - (right - from)}`;
  }
  return path;
}

function shapesOf(paths: CurveScene["paths"], area: Area, edges: Edges): Shape[] {
  const { x, y, width, height, topMmolL = axisMaxMmolL } = area;
  const clip = boxPath(x, y - 4, x + width, y + height + 4);
  const belowVeryLow = boxPath(x, yOf(area, edges.veryLow), x + width, y + height + 4);
  return [
    { d: paths.grid, stroke: "line", width: 0.6, opacity: 0.6, clip },
    ...inBands({ d: paths.days, opacity: 0.8 }, "fill", area, edges),
    { d: paths.medians, stroke: "ink", width: 2, clip },
    { d: paths.holes, fill: "paper", clip },
    ...(paths.gaps ? [{ d: hatchPath(area), stroke: "hatch", width: 3, clip: paths.gaps } as const] : []),
    { d: paths.late, stroke: "quiet", width: 4, dash: [3, 2], clip },
    { d: paths.changes, stroke: "quiet", width: 1, dash: [2, 3] },
    { d: paths["warm-up"], stroke: "quiet", width: 3, opacity: 0.55, clip },
    ...inBands({ d: paths.curve, width: 2 }, "stroke", area, edges),
    ...inBands({ d: paths.second, width: 4.5 }, "stroke", area, edges),
    { d: paths["second-core"], stroke: "paper", width: 1.75, clip },
    { d: paths.clipped, fill: "very-high", clip },
    { d: paths.implausible, stroke: "ink", width: 1.5, clip },
    { d: paths.arrows, stroke: "ink", width: 1.8, clip },
    { d: paths["very-low"], stroke: "very-low", width: 4, clip: belowVeryLow },
    { d: paths.latest, stroke: "ink", width: 8 },
    ...(topMmolL > axisMaxMmolL
      ? [{ d: levelPath(area, axisMaxMmolL), stroke: "ink", width: 1, dash: [6, 3] } as const]
      : []),
  ];
}

const textOf = ({ x, y, text, role, anchor }: Label): DrawnText => ({
  text,
  x,
  y,
  size: paperTextPx,
  anchor: anchor ?? "middle",
  tone: role === "date" ? "ink" : "quiet",
  isBold: role === "date",
});

/** The curve of a span as on paper: axis, and all that its scene has. */
export function curveDrawing(
  model: CurveModel,
  { span, topMmolL, edges, alt }: { span: Span; topMmolL: number; edges: Edges; alt: string },
  words: LabelWords,
): Drawing {
  const area = paperArea(paperHeight, topMmolL);
  const { paths, labels } = curveScene(model, { ...area, ...span }, words);
  const frame = frameDrawing(area, edges, words.unit);
  return {
    width: paperWidth,
    height: paperHeight,
    alt,
    shapes: [...frame.shapes, ...shapesOf(paths, area, edges).filter(({ d }) => d !== "")],
    texts: [...frame.texts, ...labels.map(textOf)],
  };
}
