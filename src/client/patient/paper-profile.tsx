import type { Percentiles } from "#glucose/profile.ts";
import paper from "../chart/paper.module.css";
import { PaperFrame, paperArea, paperWidth } from "../chart/paper-frame.tsx";
import { yOf } from "../chart/plot.ts";
import { usePreferences } from "../preferences.ts";
import classes from "./profile.module.css";
import { type ProfileCurveProps, timeOfDay } from "./profile-curve.tsx";

const height = 250;
const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24];

interface Point extends Percentiles {
  readonly minute: number;
}

/** The stretches of the day that have data: an empty hour is between two of them and stays empty. */
function stretchesOf({ bins }: ProfileCurveProps["profile"]): Point[][] {
  const shown = bins.map(({ minuteOfDay, smooth }) => ({ minute: minuteOfDay, smooth }));
  const stretches: Point[][] = [[]];
  // The day closes with the value it began with.
  for (const { minute, smooth } of [...shown, { minute: 1440, smooth: shown[0]?.smooth ?? null }])
    if (smooth) stretches.at(-1)?.push({ minute, ...smooth });
    else stretches.push([]);
  return stretches.filter(({ length }) => length > 0);
}

/** The profile as it is printed, laid out for a sheet whatever the window's width was. */
export function PaperProfile({ profile, edges, topMmolL }: ProfileCurveProps) {
  const { unit } = usePreferences();
  const area = paperArea(height, topMmolL);
  const foot = area.y + area.height;
  const x = (minute: number) => area.x + (minute / 1440) * area.width;
  const at = (point: Point, name: keyof Percentiles) =>
    `${x(point.minute).toFixed(1)} ${yOf(area, point[name]).toFixed(1)}`;
  const line = (points: readonly Point[], name: keyof Percentiles) =>
    points.map((point) => at(point, name)).join("L");
  const stretches = stretchesOf(profile);
  const band = (from: keyof Percentiles, to: keyof Percentiles) =>
    stretches.map((points) => `M${line(points, to)}L${line(points.toReversed(), from)}Z`).join("");
  return (
    <svg className={paper.paper} viewBox={`0 0 ${paperWidth} ${height}`} aria-hidden="true">
      <PaperFrame {...{ area, edges, unit }} />
      <path d={band("p5", "p95")} className={classes.outer} />
      <path d={band("p25", "p75")} className={classes.inner} />
      {[edges.low, edges.high].map((value) => (
        <path key={value} d={`M${area.x} ${yOf(area, value)}h${area.width}`} className={paper.rangeEdge} />
      ))}
      <path
        d={stretches.map((points) => `M${line(points, "p50")}${points.length === 1 ? "h0" : ""}`).join("")}
        className={classes.median}
        data-testid="paper-median"
      />
      {hours.map((hour) => (
        <g key={hour}>
          <path d={`M${x(hour * 60)} ${foot}v4`} className={paper.edge} />
          <text x={x(hour * 60)} y={foot + 15} className={classes.hour}>
            {timeOfDay(hour * 60)}
          </text>
        </g>
      ))}
    </svg>
  );
}
