import { axisMaxMmolL, type Band, bands, type Edges } from "#glucose/bands.ts";
import type { Area } from "#report/chart/plot.ts";

/** The bands' colours up the axis, with hard edges, so that one path is red below and amber above. */
export function BandGradient({ id, area, edges }: { id: string; area: Area; edges: Edges }) {
  const { topMmolL = axisMaxMmolL } = area;
  // Values have one decimal: 10.0 is in range, 10.1 is high. The colour changes between them.
  const uppers: Record<Band, number> = {
    "very-low": edges.veryLow,
    low: edges.low,
    "in-range": edges.high + 0.05,
    high: edges.veryHigh + 0.05,
    "very-high": topMmolL,
  };
  return (
    <linearGradient
      id={id}
      gradientUnits="userSpaceOnUse"
      x1={0}
      x2={0}
      y1={area.y + area.height}
      y2={area.y}
    >
      {bands.flatMap((band, i) => {
        const below = bands[i - 1];
        const from = below ? uppers[below] / topMmolL : 0;
        return [
          <stop key={`${band} from`} offset={from} stopColor={`var(--band-${band})`} />,
          <stop key={`${band} to`} offset={uppers[band] / topMmolL} stopColor={`var(--band-${band})`} />,
        ];
      })}
    </linearGradient>
  );
}
