import type { Edges } from "#glucose/bands.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import { frameDrawing, paperTextPx, rangeEdges } from "../chart/frame-drawing.ts";
import { paperArea, paperWidth } from "../chart/frame-paths.ts";
import type { Drawing } from "../drawing.ts";
import { hourMarks, profilePaths } from "./profile-paths.ts";
import type { ShownProfile } from "./profile-view.ts";

/** With ranges and statistics it fills a sheet. */
const height = 250;

/** The profile as on paper. */
export function profileDrawing(
  { profile, topMmolL }: Pick<ShownProfile, "profile" | "topMmolL">,
  edges: Edges,
  { unit, alt }: { unit: GlucoseUnit; alt: string },
): Drawing {
  const area = paperArea(height, topMmolL);
  const { outer, inner, median } = profilePaths(profile, area);
  const frame = frameDrawing(area, edges, unit);
  const hours = hourMarks(area);
  return {
    width: paperWidth,
    height,
    alt,
    shapes: [
      ...frame.shapes,
      { d: outer, fill: "profile-outer" },
      { d: inner, fill: "profile-inner" },
      ...rangeEdges(area, edges),
      { d: median, stroke: "ink", width: 2 },
      { d: hours.map(({ mark }) => mark).join(""), stroke: "line", width: 1 },
    ],
    texts: [
      ...frame.texts,
      ...hours.map(
        ({ x, y, text }) => ({ text, x, y, size: paperTextPx, anchor: "middle", tone: "quiet" }) as const,
      ),
    ],
  };
}
