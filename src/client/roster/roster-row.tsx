import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Patient, PatientSummary } from "#contract/patient.ts";
import { wearDay } from "#glucose/wear.ts";
import { GlucoseValue } from "../chart/glucose-value.tsx";
import { usePreferences } from "../preferences.ts";
import { useFailureWords } from "../ui/failure.tsx";
import { regionName } from "../ui/region.ts";
import { formatAge } from "../ui/time.ts";
import { useRosterMessages } from "./messages.ts";
import { rosterQueries } from "./queries.ts";
import classes from "./roster.module.css";

interface RowProps {
  patient: Patient;
  nowMs: number;
}

/** One patient. The live part arrives on its own and keeps its last good state when it fails. */
export function RosterRow({ patient, nowMs }: RowProps) {
  const { language } = usePreferences();
  const { data: summary, error } = useQuery(rosterQueries.summary(patient.id));
  const latest = summary?.latest;
  return (
    <tr>
      <th scope="row" className={classes.name}>
        <Link to={`/patients/${patient.id}`}>{patient.name}</Link>
      </th>
      <td className={classes.glucose}>
        {summary ? (
          <Latest summary={summary} nowMs={nowMs} />
        ) : (
          !error && <Skeleton height="1.25rem" width="6rem" />
        )}
        {error && <RowFailure error={error} asOfMs={summary?.asOfMs ?? null} nowMs={nowMs} />}
      </td>
      <td className={classes.measured}>
        {latest && (
          <time dateTime={new Date(latest.timeMs).toISOString()}>
            {formatAge(nowMs - latest.timeMs, language)}
          </time>
        )}
      </td>
      <td className={classes.sensor}>{summary && <SensorDay summary={summary} nowMs={nowMs} />}</td>
      <td className={classes.uid}>{patient.partnerUid}</td>
      <td className={classes.region}>
        <abbr title={regionName(patient.region, language)}>{patient.region}</abbr>
      </td>
    </tr>
  );
}

function Latest({ summary, nowMs }: { summary: PatientSummary; nowMs: number }) {
  const t = useRosterMessages();
  const { unit } = usePreferences();
  const { latest, stage } = summary;
  if (!latest) return <span className={classes.stage}>{t("waiting")}</span>;
  // A new sensor after an old one: the readings of before do not make this one ready.
  if (stage === "warming-up" || latest.warmUp) return <span className={classes.stage}>{t("warmingUp")}</span>;
  return (
    <GlucoseValue
      valueMmolL={latest.valueMmolL}
      unit={unit}
      trendCode={latest.trend}
      timeMs={latest.timeMs}
      nowMs={nowMs}
      afterGap={latest.afterGap}
    />
  );
}

function SensorDay({ summary, nowMs }: { summary: PatientSummary; nowMs: number }) {
  const t = useRosterMessages();
  if (!summary.sensor) return null;
  const day = wearDay(summary.sensor, nowMs);
  if (day === null) return <span className={classes.stage}>{t("dayUnknown")}</span>;
  return day === "ended" ? <span className={classes.stage}>{t("ended")}</span> : t("day", day);
}

function RowFailure({ error, asOfMs, nowMs }: { error: Error; asOfMs: number | null; nowMs: number }) {
  const t = useRosterMessages();
  const { language } = usePreferences();
  const { title } = useFailureWords(error);
  return (
    <small className={classes.failed}>
      {asOfMs === null ? title : t("rowFailed", { title, age: formatAge(nowMs - asOfMs, language) })}
    </small>
  );
}
