import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import { bandSpans } from "#report/chart/band-spans.ts";
import type { Area } from "#report/chart/plot.ts";

/** The bands' colours up the axis, with hard edges, so that one path is red below and amber above. */
export function BandGradient({ id, area, edges }: { id: string; area: Area; edges: Edges }) {
  const { topMmolL = axisMaxMmolL } = area;
  return (
    <linearGradient
      id={id}
      gradientUnits="userSpaceOnUse"
      x1={0}
      x2={0}
      y1={area.y + area.height}
      y2={area.y}
    >
      {bandSpans(edges, topMmolL).flatMap(({ band, fromMmolL, toMmolL }) => [
        <stop key={`${band} from`} offset={fromMmolL / topMmolL} stopColor={`var(--band-${band})`} />,
        <stop key={`${band} to`} offset={toMmolL / topMmolL} stopColor={`var(--band-${band})`} />,
      ])}
    </linearGradient>
  );
}
