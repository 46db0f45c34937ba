import { type Gri, griZoneEdges } from "#glucose/gri.ts";
import { useMessages } from "../i18n.ts";
import classes from "./statistics.module.css";

const width = 150;
const height = 96;
const left = 22;
/** Per cent at the ends of the axes, as the index's authors draw them. */
const maxHypo = 30;
const maxHyper = 60;
const x = (hypo: number) => left + (Math.min(hypo, maxHypo) / maxHypo) * (width - left - 4);
const y = (hyper: number) => 4 + (1 - Math.min(hyper, maxHyper) / maxHyper) * (height - 22);

/**
 * Where a person stands between lows and highs, with the zones' edges: on one, 3.0 × lows + 1.6 ×
 * highs is the same. The zones are named beside the axis, where neither their edges nor the
 * person's own dot can lie on a letter.
 */
export function GriGrid({ gri }: { gri: Gri }) {
  const t = useMessages("patient", "page");
  const hypo = gri.hypoPercent.toFixed(1);
  const hyper = gri.hyperPercent.toFixed(1);
  const [x0, x1, y0, y1] = [x(0), x(maxHypo), y(0), y(maxHyper)];
  return (
    <svg
      className={classes.gri}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t("griGrid", { hypo, hyper, zone: gri.zone })}
    >
      <clipPath id="gri-plot">
        <rect x={x0} y={y1} width={x1 - x0} height={y0 - y1} />
      </clipPath>
      <g clipPath="url(#gri-plot)">
        {griZoneEdges.map((edge) => (
          <path
            key={edge}
            d={`M${left + (edge / 3 / maxHypo) * (x1 - x0)} ${y0}L${x0} ${4 + (1 - edge / 1.6 / maxHyper) * (y0 - y1)}`}
          />
        ))}
      </g>
      <path d={`M${x0} ${y1}V${y0}H${x1}`} />
      {["A", "B", "C", "D", "E"].map((zone, i) => (
        <text key={zone} x={x0 - 8} y={y((i * 20 + 10) / 1.6)} dy="0.35em" data-own={zone === gri.zone}>
          {zone}
        </text>
      ))}
      <circle cx={x(gri.hypoPercent)} cy={y(gri.hyperPercent)} r={4} />
      <text x={(x0 + x1) / 2} y={height - 5}>
        {t("griLows")}
      </text>
      <text transform={`translate(6.5 ${(y0 + y1) / 2}) rotate(-90)`}>{t("griHighs")}</text>
    </svg>
  );
}
