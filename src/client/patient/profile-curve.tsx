import { useRef } from "react";
import { Area, ComposedChart, Line, ReferenceArea, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import { type Edges, edgesUpward } from "#glucose/bands.ts";
import { type GlucoseProfile, type Percentiles, profileBinMinutes } from "#glucose/profile.ts";
import { formatEdge, formatGlucose } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { useWidth } from "../ui/use-width.ts";
import { useDetailMessages } from "./detail-messages.ts";
import classes from "./profile.module.css";

const tickWidth = 46;
/** Every three hours, or every six where those would run together. */
const ticksOf = (width: number) => {
  const step = width < 9 * tickWidth ? 360 : 180;
  return Array.from({ length: 1440 / step + 1 }, (_, i) => i * step);
};
/** From the highest down, as they lie on the chart. */
export const percentileNames = ["p95", "p75", "p50", "p25", "p5"] as const;

export const timeOfDay = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

export interface ProfileCurveProps {
  profile: GlucoseProfile;
  edges: Edges;
  /** Where the axis ends, as on every curve of the period. */
  topMmolL: number;
}

/** Median, middle half and middle 90 % over the day. An empty hour stays empty. */
export function ProfileCurve({ profile, edges, topMmolL }: ProfileCurveProps) {
  const { unit } = usePreferences();
  const chart = useRef<HTMLDivElement>(null);
  const width = useWidth(chart);
  const { low, high } = edges;
  const lines = edgesUpward(edges);
  const shown = profile.bins.map(({ minuteOfDay, smooth }) => ({ minute: minuteOfDay, smooth }));
  // The day closes with the value it began with.
  const rows = [...shown, { minute: 1440, smooth: shown[0]?.smooth ?? null }].map(({ minute, smooth }) => ({
    minute,
    smooth,
    outer: smooth && [smooth.p5, smooth.p95],
    inner: smooth && [smooth.p25, smooth.p75],
    median: smooth?.p50 ?? null,
  }));
  return (
    <div ref={chart} className={classes.profileChart} aria-hidden="true">
      {width > 0 && (
        <ComposedChart
          width={width}
          height={280}
          data={rows}
          margin={{ top: 8, right: 22, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <ReferenceArea y1={low} y2={high} fill="var(--band-in-range)" fillOpacity={0.1} />
          {lines.map((edge) => (
            <ReferenceLine
              key={edge}
              y={edge}
              stroke={edge === low || edge === high ? "var(--band-in-range)" : "var(--page-line)"}
              strokeWidth={edge === low || edge === high ? 1.5 : 1}
            />
          ))}
          <XAxis
            dataKey="minute"
            type="number"
            domain={[0, 1440]}
            ticks={ticksOf(width)}
            interval={0}
            tickFormatter={timeOfDay}
            tickLine={false}
            tick={{ fontSize: 12, fill: "var(--mantine-color-dimmed)" }}
            axisLine={{ stroke: "var(--page-line)" }}
          />
          <YAxis
            type="number"
            domain={[0, topMmolL]}
            allowDataOverflow
            ticks={[...lines, topMmolL]}
            interval={0}
            width={42}
            tickFormatter={(value: number) => formatEdge(value, unit)}
            tick={{ fontSize: 12, fill: "var(--mantine-color-dimmed)" }}
            axisLine={false}
            tickLine={false}
          />
          <Area
            dataKey="outer"
            stroke="none"
            fill="var(--profile-outer)"
            fillOpacity={1}
            isAnimationActive={false}
            activeDot={false}
          />
          <Area
            dataKey="inner"
            stroke="none"
            fill="var(--profile-inner)"
            fillOpacity={1}
            isAnimationActive={false}
            activeDot={false}
          />
          <Line
            dataKey="median"
            stroke="var(--mantine-color-text)"
            strokeWidth={2.5}
            dot={false}
            isAnimationActive={false}
          />
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as (typeof rows)[number] | undefined;
              return active && row?.smooth ? <Percentile minute={row.minute} smooth={row.smooth} /> : null;
            }}
          />
        </ComposedChart>
      )}
    </div>
  );
}

function Percentile({ minute, smooth }: { minute: number; smooth: Percentiles }) {
  const t = useDetailMessages();
  const { unit } = usePreferences();
  return (
    <div className={classes.tooltip}>
      <strong>
        {timeOfDay(minute % 1440)}–{timeOfDay((minute + profileBinMinutes) % 1440)}
      </strong>
      {percentileNames.map((name) => (
        <div key={name}>
          {t(name)}: {formatGlucose(smooth[name], unit)} {unit}
        </div>
      ))}
    </div>
  );
}
