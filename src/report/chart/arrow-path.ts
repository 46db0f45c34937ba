import { type Trend, trends } from "#glucose/trend.ts";

const degrees: Record<Trend, number | null> = {
  stable: 0,
  "slowly-rising": -45,
  "slowly-falling": 45,
  "rapid-rise": -90,
  "rapid-drop": 90,
  unknown: null,
};

type Point = readonly [number, number];
/** Shaft and head, 12 px wide, pointing right around its own middle. */
const single: readonly (readonly Point[])[] = [
  [
    [-6, 0],
    [5, 0],
  ],
  [
    [1, -4],
    [5, 0],
    [1, 4],
  ],
];
/** Rapid ones have a second head, so that shape tells them as well as direction. */
const double: typeof single = [
  ...single,
  [
    [-4, -4],
    [0, 0],
    [-4, 4],
  ],
];

function glyphOf(trend: Trend): readonly (readonly Point[])[] {
  const angle = degrees[trend];
  if (angle === null) return [];
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const lines = trend === "rapid-rise" || trend === "rapid-drop" ? double : single;
  return lines.map((line) => line.map(([x, y]) => [x * cos - y * sin, x * sin + y * cos]));
}

const glyphs = Object.fromEntries(trends.map((trend) => [trend, glyphOf(trend)])) as Record<
  Trend,
  ReturnType<typeof glyphOf>
>;

/** A trend's arrow around a point, as SVG path data; empty for an unknown trend. */
export function arrowPath(trend: Trend, x: number, y: number, scale = 1): string {
  let path = "";
  for (const line of glyphs[trend])
    for (const [i, [dx, dy]] of line.entries())
      path += `${i === 0 ? "M" : "L"}${(x + dx * scale).toFixed(1)} ${(y + dy * scale).toFixed(1)}`;
  return path;
}
