import type { Edges } from "#glucose/bands.ts";
import type { Span } from "#glucose/time.ts";
import type { Curve } from "../chart/curve-model.ts";
import { curvePath } from "../chart/curve-path.ts";
import { rangePath } from "../chart/frame-paths.ts";
import type { Plot } from "../chart/plot.ts";
import type { Drawing } from "../drawing.ts";

export const dayBox = { x: 0, y: 0, width: 180, height: 72 };

/** A part of a day in the place it has in the whole one. */
function clipped(plot: Plot, { startMs, endMs }: Span) {
  const perMs = plot.width / (plot.endMs - plot.startMs);
  return {
    x: (startMs - plot.startMs) * perMs,
    width: Math.max(1, (endMs - startMs) * perMs),
    startMs,
    endMs,
  };
}

interface ShownDay {
  readonly day: Span;
  readonly whole: Span;
  readonly topMmolL: number;
  readonly edges: Edges;
}

/** A day's curve in small, or a part of it in its place, and the range: SVG path data. */
export function dayPaths(
  curve: Curve,
  { day, whole, topMmolL, edges }: ShownDay,
  box = dayBox,
): { range: string; curve: string } {
  const plot: Plot = { ...box, topMmolL, ...whole };
  return { range: rangePath(plot, edges), curve: curvePath(curve, { ...plot, ...clipped(plot, day) }).path };
}

const paperBox = { ...dayBox, height: 110 };

/** The same as on paper. */
export function dayDrawing(curve: Curve, shown: ShownDay, alt: string): Drawing {
  const paths = dayPaths(curve, shown, paperBox);
  return {
    width: paperBox.width,
    height: paperBox.height,
    alt,
    shapes: [
      { d: paths.range, fill: "in-range", opacity: 0.14 },
      { d: paths.curve, stroke: "ink", width: 2, clip: `M0 0H${paperBox.width}V${paperBox.height}H0Z` },
    ],
    texts: [],
  };
}
