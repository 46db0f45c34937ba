import { useRef } from "react";
import { LineChart, ReferenceLine, XAxis, YAxis } from "recharts";
import { atRiskAt } from "#sensor/survival.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { useTextScale } from "../ui/use-text-scale.ts";
import { useWidth } from "../ui/use-width.ts";
import { bandPath, type Curve, curvePath, marksPath, type Scales, ticksOf } from "./curve-points.ts";
import classes from "./fleet.module.css";
import { formatCount } from "./words.ts";

const nothing: never[] = [];
/** Drawn as they stand here; any other layer is a portal. */
const inOrder = 0;
const heightPx = 320;
const topPx = 12;
const dayAxisPx = 30;
const axisPx = 52;
const rightPx = 24;
const tickPx = 56;
const looks = [
  { color: "var(--fleet-first)", dash: undefined },
  { color: "var(--fleet-second)", dash: "6 3" },
] as const;
const shares = [0, 0.25, 0.5, 0.75, 1];

interface SurvivalChartProps {
  curves: readonly Curve[];
  /** What the picture says, in words. */
  label: string;
}

/** One or two curves with their bands and marks where sensors were last seen worn; below, the numbers at risk. */
export function SurvivalChart({ curves, label }: SurvivalChartProps) {
  const t = useMessages("fleet");
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const scale = useTextScale(box);
  const axis = axisPx * scale;
  const room = width - axis - rightPx;
  const ticks = ticksOf(curves, Math.max(3, Math.floor(room / (tickPx * scale))));
  const lastDay = ticks.at(-1) ?? 1;
  return (
    <figure className={classes.figure}>
      <div ref={box} className={classes.drawing} role="img" aria-label={label}>
        {width > 0 && (
          <LineChart
            width={width}
            height={heightPx}
            data={nothing}
            margin={{ top: topPx, right: rightPx, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <XAxis
              dataKey="day"
              type="number"
              domain={[0, lastDay]}
              allowDataOverflow
              ticks={ticks}
              interval={0}
              height={dayAxisPx}
            />
            <YAxis
              type="number"
              domain={[0, 1]}
              allowDataOverflow
              ticks={shares}
              interval={0}
              width={axis}
              axisLine={false}
              tickLine={false}
              tickFormatter={(share: number) => `${Math.round(share * 100)}%`}
            />
            {shares.map((share) => (
              <ReferenceLine key={share} y={share} zIndex={inOrder} stroke="var(--page-line)" />
            ))}
            <Curves
              curves={curves}
              x={(hours) => axis + (hours / 24 / lastDay) * room}
              y={(share) => topPx + (1 - share) * (heightPx - topPx - dayAxisPx)}
            />
          </LineChart>
        )}
      </div>
      <figcaption className={prose.note}>
        <p className={classes.dayAxis}>{t("chart.days")}</p>
        <ul className={classes.legend}>
          {curves.map(({ name }, index) => (
            <li key={name}>
              <svg width="28" height="8" aria-hidden="true">
                <path
                  d="M0 4H28"
                  stroke={looks[index]?.color}
                  strokeWidth="2.5"
                  strokeDasharray={looks[index]?.dash}
                />
              </svg>
              {name}
            </li>
          ))}
        </ul>
        <p>{t("chart.band")}</p>
      </figcaption>
      {width > 0 && (
        <AtRisk curves={curves} ticks={ticks} axisShare={axis / width} plotShare={room / width} />
      )}
    </figure>
  );
}

/** Within the frame that Recharts draws, as the glucose curve is: Recharts' own would weigh on every page with a chart. */
function Curves({ curves, ...scales }: Scales & { curves: readonly Curve[] }) {
  return (
    <g>
      {curves.map(({ name, steps }, index) => (
        <path
          key={name}
          d={bandPath(steps, scales)}
          fill={looks[index]?.color}
          fillOpacity={0.16}
          data-part="band"
        />
      ))}
      {curves.map(({ name, steps }, index) => (
        <g key={name} fill="none" stroke={looks[index]?.color}>
          <path
            d={curvePath(steps, scales)}
            strokeWidth={2}
            strokeDasharray={looks[index]?.dash}
            data-part="curve"
          />
          <path d={marksPath(steps, scales)} data-part="marks" />
        </g>
      ))}
    </g>
  );
}

interface AtRiskProps {
  curves: readonly Curve[];
  ticks: readonly number[];
  /** Of the drawing's width: what lies before the first tick, and from it to the last. */
  axisShare: number;
  plotShare: number;
}

/** Each number stands under its day. */
function AtRisk({ curves, ticks, axisShare, plotShare }: AtRiskProps) {
  const t = useMessages("fleet");
  const { language } = usePreferences();
  const column = plotShare / (ticks.length - 1);
  const percent = (share: number) => `${share * 100}%`;
  return (
    <table
      className={classes.atRisk}
      style={{
        marginInlineStart: percent(axisShare - column / 2),
        width: percent(column * ticks.length),
      }}
    >
      <caption>{t("chart.atRisk")}</caption>
      <thead className={prose.unseen}>
        <tr>
          {ticks.map((day) => (
            <th key={day} scope="col">
              {t("chart.day", { count: day })}
            </th>
          ))}
        </tr>
      </thead>
      {curves.map(({ name, steps }) => (
        <tbody key={name}>
          {curves.length > 1 && (
            <tr>
              <th colSpan={ticks.length} scope="rowgroup">
                {name}
              </th>
            </tr>
          )}
          <tr>
            {ticks.map((day) => (
              <td key={day}>{formatCount(atRiskAt(steps, day * 24), language)}</td>
            ))}
          </tr>
        </tbody>
      ))}
    </table>
  );
}
