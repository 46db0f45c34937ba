import type { Gri } from "#glucose/gri.ts";
import { griHeight, griPaths, griWidth } from "#report/patient/gri-paths.ts";
import { griWords } from "#report/patient/statistics-view.ts";
import { useMessages } from "../i18n.ts";
import classes from "./statistics.module.css";

/** Where a person stands between lows and highs. */
export function GriGrid({ gri }: { gri: Gri }) {
  const t = useMessages("patient", "page");
  const { plot, edges, axes, zones, own, lows, highs } = griPaths(gri);
  return (
    <svg
      className={classes.gri}
      viewBox={`0 0 ${griWidth} ${griHeight}`}
      role="img"
      aria-label={griWords(gri, t)}
    >
      <clipPath id="gri-plot">
        <path d={plot} />
      </clipPath>
      <g clipPath="url(#gri-plot)">
        {edges.map((edge) => (
          <path key={edge} d={edge} />
        ))}
      </g>
      <path d={axes} />
      {zones.map(({ zone, x, y }) => (
        <text key={zone} x={x} y={y} dy="0.35em" data-own={zone === gri.zone}>
          {zone}
        </text>
      ))}
      <circle cx={own.x} cy={own.y} r={own.radius} />
      <text x={lows.x} y={lows.y}>
        {t("griLows")}
      </text>
      <text transform={`translate(${highs.x} ${highs.y}) rotate(-90)`}>{t("griHighs")}</text>
    </svg>
  );
}
