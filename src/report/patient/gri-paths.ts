import { type Gri, griZoneEdges } from "#glucose/gri.ts";

export const griWidth = 150;
export const griHeight = 96;
const left = 22;
const top = 4;
/** Per cent at the ends of the axes, as the index's authors draw them. */
const maxHypo = 30;
const maxHyper = 60;
const [x1, y0] = [griWidth - 4, griHeight - 18];
const x = (hypo: number) => left + (Math.min(hypo, maxHypo) / maxHypo) * (x1 - left);
const y = (hyper: number) => top + (1 - Math.min(hyper, maxHyper) / maxHyper) * (y0 - top);

/**
 * Where a person stands between lows and highs, with the zones' edges: on one, 3.0 × lows + 1.6 ×
 * highs is the same. The zones are named beside the axis, where neither their edges nor the
 * person's own dot can lie on a letter.
 */
export const griPaths = (gri: Gri) => ({
  plot: `M${left} ${top}H${x1}V${y0}H${left}Z`,
  /** To be cut off at the plot. */
  edges: griZoneEdges.map(
    (edge) =>
      `M${left + (edge / 3 / maxHypo) * (x1 - left)} ${y0}L${left} ${top + (1 - edge / 1.6 / maxHyper) * (y0 - top)}`,
  ),
  axes: `M${left} ${top}V${y0}H${x1}`,
  /** Each with its middle. */
  zones: (["A", "B", "C", "D", "E"] as const).map((zone, i) => ({
    zone,
    x: left - 8,
    y: y((i * 20 + 10) / 1.6),
  })),
  own: { x: x(gri.hypoPercent), y: y(gri.hyperPercent), radius: 4 },
  lows: { x: (left + x1) / 2, y: griHeight - 5 },
  highs: { x: 6.5, y: (y0 + top) / 2 },
});
