import { Group, Paper, Text, Title } from "@mantine/core";
import { useMemo } from "react";
import {
  Area,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axisMaxMmolL } from "#glucose/bands.ts";
import { fewestDaysPerHour, type Percentiles, profileBinMinutes, profileOf } from "#glucose/profile.ts";
import { formatGlucose } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { useDetailMessages } from "./detail-messages.ts";
import classes from "./details.module.css";
import { Explain } from "./statistic.tsx";
import type { PeriodData } from "./use-period-data.ts";

const timeOfDay = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const hours = Array.from({ length: 9 }, (_, i) => i * 180);
const names = ["p95", "p75", "p50", "p25", "p5"] as const;

/** The glucose profile: how glucose lies over the hours of a day, from all days of the period. */
export function GlucoseProfileChart(data: PeriodData) {
  const t = useDetailMessages();
  const { unit } = usePreferences();
  const { readings, startMs, endMs, timeZone, targets } = data;
  const profile = useMemo(
    () => profileOf(readings, { startMs, endMs }, timeZone),
    [readings, startMs, endMs, timeZone],
  );
  const { veryLow, low, high, veryHigh } = targets.edges;
  const shown = profile.bins.map(({ minuteOfDay, smooth }) => ({ minute: minuteOfDay, smooth }));
  // The day closes with the value it began with.
  const rows = [...shown, { minute: 1440, smooth: shown[0]?.smooth ?? null }].map(({ minute, smooth }) => ({
    minute,
    smooth,
    outer: smooth && [smooth.p5, smooth.p95],
    inner: smooth && [smooth.p25, smooth.p75],
    median: smooth?.p50 ?? null,
  }));
  const hasGaps = profile.bins.some(({ smooth }) => smooth === null);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="profile" className={classes.profile}>
      <Group gap="xs">
        <Title order={2} id="profile">
          {t("profile")}
        </Title>
        <Explain name={t("profile")} definition={t("defProfile", { days: fewestDaysPerHour })} basis={data} />
      </Group>
      {profile.isEnough ? (
        <>
          <Text size="sm" c="dimmed">
            {t("profileOf", { count: profile.daysWithData, zone: timeZone })}{" "}
            {hasGaps && t("profileGaps", { days: fewestDaysPerHour })}
          </Text>
          <div className={classes.profileChart} aria-hidden="true">
            <ResponsiveContainer width="100%" height={280}>
              <ComposedChart
                data={rows}
                margin={{ top: 8, right: 14, bottom: 0, left: 0 }}
                accessibilityLayer={false}
              >
                <ReferenceArea y1={low} y2={high} fill="var(--band-in-range)" fillOpacity={0.1} />
                {[veryLow, low, high, veryHigh].map((edge) => (
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
                  ticks={hours}
                  interval={0}
                  tickFormatter={timeOfDay}
                  tickLine={false}
                  tick={{ fontSize: 12, fill: "var(--mantine-color-dimmed)" }}
                  axisLine={{ stroke: "var(--page-line)" }}
                />
                <YAxis
                  type="number"
                  domain={[0, axisMaxMmolL]}
                  allowDataOverflow
                  ticks={[veryLow, low, high, veryHigh, axisMaxMmolL]}
                  interval={0}
                  width={42}
                  tickFormatter={(value: number) => formatGlucose(value, unit)}
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
                    return active && row?.smooth ? (
                      <Percentile minute={row.minute} smooth={row.smooth} />
                    ) : null;
                  }}
                />
              </ComposedChart>
            </ResponsiveContainer>
          </div>
          <p className={classes.legend}>
            <span data-swatch="outer" /> {t("band90")} <span data-swatch="inner" /> {t("band50")}{" "}
            <span data-swatch="median" /> {t("median")}
          </p>
          <details className={classes.twin}>
            <summary>{t("profileTable")}</summary>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t("timeOfDay")}</th>
                  {names.map((name) => (
                    <th key={name} scope="col">
                      {t(name)}
                    </th>
                  ))}
                  <th scope="col">{t("readingsN")}</th>
                </tr>
              </thead>
              <tbody>
                {profile.bins
                  .filter(({ minuteOfDay }) => minuteOfDay % 60 === 0)
                  .map(({ minuteOfDay, smooth, n }) => (
                    <tr key={minuteOfDay}>
                      <th scope="row">{timeOfDay(minuteOfDay)}</th>
                      {names.map((name) => (
                        <td key={name}>{smooth ? formatGlucose(smooth[name], unit) : "–"}</td>
                      ))}
                      <td>{n}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </details>
        </>
      ) : (
        <Text>{t("profileTooShort", { count: profile.daysWithData })}</Text>
      )}
    </Paper>
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
      {names.map((name) => (
        <div key={name}>
          {t(name)}: {formatGlucose(smooth[name], unit)} {unit}
        </div>
      ))}
    </div>
  );
}
