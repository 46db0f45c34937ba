import type { Gri } from "#glucose/gri.ts";
import type { Messages } from "#words/messages.ts";
import { textAround } from "../chart/frame-drawing.ts";
import type { Drawing } from "../drawing.ts";
import { griHeight, griPaths, griWidth } from "./gri-paths.ts";
import { griWords } from "./statistics-view.ts";

const size = 9;

/** Where a person stands between lows and highs. */
export function griDrawing(gri: Gri, t: Messages<"patient", "page">): Drawing {
  const { plot, edges, axes, zones, own, lows, highs } = griPaths(gri);
  const quiet = { size, anchor: "middle", tone: "quiet" } as const;
  return {
    width: griWidth,
    height: griHeight,
    alt: griWords(gri, t),
    shapes: [
      { d: edges.join(""), stroke: "quiet", width: 0.75, clip: plot },
      { d: axes, stroke: "quiet", width: 0.75 },
      { d: `M${own.x} ${own.y}h0`, stroke: "accent", width: 2 * own.radius },
    ],
    texts: [
      ...zones.map(({ zone, x, y }) =>
        textAround({
          ...quiet,
          text: zone,
          x,
          y,
          ...(zone === gri.zone && { tone: "ink", isBold: true }),
        }),
      ),
      { ...quiet, ...lows, text: t("griLows") },
      { ...quiet, ...highs, text: t("griHighs"), isTurned: true },
    ],
  };
}
