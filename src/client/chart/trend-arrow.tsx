import type { Trend } from "#glucose/trend.ts";

const degrees: Record<Trend, number | null> = {
  stable: 0,
  "slowly-rising": -45,
  "slowly-falling": 45,
  "rapid-rise": -90,
  "rapid-drop": 90,
  unknown: null,
};

const single = "M-6 0H5M1-4 5 0 1 4";
/** Rapid ones have a second head, so that shape tells them as well as direction. */
const double = "M-6 0H5M1-4 5 0 1 4M-4-4 0 0-4 4";

const isRapid = (trend: Trend) => trend === "rapid-rise" || trend === "rapid-drop";

/** A trend's arrow as an SVG group around its own middle, 12 px wide; nothing for an unknown trend. */
export function ArrowGlyph({
  trend,
  x,
  y,
  scale = 1,
}: {
  trend: Trend;
  x: number;
  y: number;
  scale?: number;
}) {
  const angle = degrees[trend];
  if (angle === null) return null;
  return (
    <path
      d={isRapid(trend) ? double : single}
      transform={`translate(${x} ${y}) rotate(${angle}) scale(${scale})`}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}

/** The arrow beside a value; its words stand beside it, so it is silent for screen readers. */
export function TrendArrow({ trend }: { trend: Trend }) {
  return (
    <svg viewBox="-8 -8 16 16" width="1em" height="1em" aria-hidden="true">
      <ArrowGlyph trend={trend} x={0} y={0} scale={1.15} />
    </svg>
  );
}
