import { Paper, Text } from "@mantine/core";
import { useMemo } from "react";
import { axisMaxMmolL } from "#glucose/bands.ts";
import { fewestDaysPerHour, type GlucoseProfile, profileOf } from "#glucose/profile.ts";
import type { Span } from "#glucose/time.ts";
import { formatEdge, formatGlucose } from "#glucose/units.ts";
import { axisTopMmolL } from "../chart/axis.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import print from "../ui/print.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { formatDate } from "../ui/time.ts";
import details from "./details.module.css";
import { PanelTitle } from "./panel-title.tsx";
import classes from "./profile.module.css";
import { percentileNames as names, ProfileCurve } from "./profile-curve.tsx";
import { timeOfDay } from "./profile-drawing.tsx";
import type { Compared } from "./use-comparison.ts";
import type { PeriodData } from "./use-period-data.ts";

interface GlucoseProfileChartProps {
  data: PeriodData;
  compared: Compared | null;
}

/** The glucose profile: how glucose lies over the hours of a day, from all days of the period, and over it that of what it is compared with. */
export function GlucoseProfileChart({ data, compared }: GlucoseProfileChartProps) {
  const t = useMessages("patient", "details");
  const words = useMessages("chart", "curve");
  const { unit, language } = usePreferences();
  const { readings, startMs, endMs, timeZone, targets } = data;
  const [own, other] = useMemo(
    () =>
      [compared?.own, compared?.other].map((side) => side && profileOf(side.readings, side.side, timeZone)),
    [compared, timeZone],
  );
  const ofPeriod = useMemo(
    () => profileOf(readings, { startMs, endMs }, timeZone),
    [readings, startMs, endMs, timeZone],
  );
  const isOverlaid = Boolean(own?.isEnough && other?.isEnough);
  const profile = isOverlaid && own ? own : ofPeriod;
  const topMmolL = useMemo(() => axisTopMmolL(readings, { startMs, endMs }), [readings, startMs, endMs]);
  const highest = Math.max(...profile.bins.map(({ smooth }) => smooth?.p95 ?? 0));
  const hasGaps = profile.bins.some(({ smooth }) => smooth === null);
  const daysOf = (side: Span) => ({
    from: formatDate(side.startMs, timeZone, language),
    to: formatDate(side.endMs - 1, timeZone, language),
  });
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="profile" className={classes.profile}>
      <PanelTitle
        id="profile"
        name={t("profile")}
        definition={t("defProfile", { days: fewestDaysPerHour })}
        basis={data}
        of={isOverlaid && compared ? compared.own.side : data}
      />
      {profile.isEnough ? (
        <>
          <Text size="sm" c="dimmed">
            <Sentences>
              {t("profileOf", { count: profile.daysWithData, zone: timeZone })}
              {hasGaps && t("profileGaps", { days: fewestDaysPerHour })}
              {topMmolL > axisMaxMmolL &&
                words("summaryAxis", {
                  top: formatEdge(topMmolL, unit),
                  usual: formatEdge(axisMaxMmolL, unit),
                  unit,
                })}
              {highest > topMmolL && t("profileAbove", { highest: formatGlucose(highest, unit), unit })}
              {compared && !isOverlaid && t("profileNotOverlaid")}
            </Sentences>
          </Text>
          <ProfileCurve
            profile={profile}
            topMmolL={topMmolL}
            other={isOverlaid ? (other ?? null) : null}
            edges={targets.edges}
          />
          <p className={classes.legend}>
            <Key swatch="outer">{t("band90")}</Key>
            <Key swatch="inner">{t("band50")}</Key>
            <Key swatch="median">
              {isOverlaid && compared ? t("medianOf", daysOf(compared.own.side)) : t("median")}
            </Key>
            {isOverlaid && compared && (
              <>
                <Key swatch="other-median">{t("medianOf", daysOf(compared.other.side))}</Key>
                <Key swatch="other-half">{t("otherHalf")}</Key>
              </>
            )}
          </p>
          <ProfileTable profile={profile} />
        </>
      ) : (
        <Text>
          <Sentences>
            {t("profileTooShort", { count: profile.daysWithData })}
            <span className={print.screenOnly}>{t("chooseLonger")}</span>
          </Sentences>
        </Text>
      )}
    </Paper>
  );
}

function Key({ swatch, children }: { swatch: string; children: string }) {
  return (
    <span className={classes.key}>
      <span data-swatch={swatch} /> {children}
    </span>
  );
}

function ProfileTable({ profile }: { profile: GlucoseProfile }) {
  const t = useMessages("patient", "details");
  const { unit } = usePreferences();
  return (
    <details className={classes.twin}>
      <summary>{t("profileTable")}</summary>
      <ScrollRegion label={t("profileTable")}>
        <table className={details.table}>
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
      </ScrollRegion>
    </details>
  );
}
