import { useQuery, useQueryClient } from "@tanstack/react-query";
import { memo, useState } from "react";
import type { PatientRanges, PatientSummary, ListedPatient as Row, WornSensor } from "#contract/roster.ts";
import { type TargetChoice, targetKey, targetsFor } from "#glucose/targets.ts";
import { wearDay } from "#glucose/wear.ts";
import { RowActs } from "../acts/row-acts.tsx";
import { isOutdated, patientQueries } from "../api/patients.ts";
import { GlucoseValue } from "../chart/glucose-value.tsx";
import { useMessages } from "../i18n.ts";
import { useIsToldAbove } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import { Boundary } from "../ui/boundary.tsx";
import { useIdentityWords } from "../ui/identity-words.ts";
import { Link } from "../ui/link.tsx";
import { formatList } from "../ui/list.ts";
import { Loading } from "../ui/loading.tsx";
import { useFailureWords } from "../ui/plain-failure.tsx";
import { regionName } from "../ui/region.ts";
import { staleError } from "../ui/stale-notice.tsx";
import { formatAge } from "../ui/time.ts";
import { RangesBar } from "./ranges-bar.tsx";
import classes from "./roster.module.css";

interface RowProps {
  row: Row;
  index: number;
  nowMs: number;
  /** Whether to ask for what is not known yet. */
  isLive: boolean;
  /** Takes the row's height, which is of its content. */
  measure: (row: HTMLTableRowElement | null) => void;
}

/** One patient: at once what the list knows, and the live part once the list has rested on this row. */
export const RosterRow = memo(function RosterRow({ row, index, nowMs, isLive, measure }: RowProps) {
  const { language } = usePreferences();
  const queryClient = useQueryClient();
  // Asking costs a scrolling list more than drawing does, so that rows flying past do not even begin to.
  const [asks, setAsks] = useState(
    () => queryClient.getQueryData(patientQueries.summary(row.id).queryKey) !== undefined,
  );
  if (isLive && !asks) setAsks(true);
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2}>
      <th scope="row" className={classes.name}>
        <Link to={`/patients/${row.id}`}>{row.name}</Link>
        <span className={classes.identity}>
          <span className={classes.partnerUid}>
            <PartnerUids row={row} />
          </span>
          <Namesake row={row} />
          {row.tags.map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </span>
      </th>
      <Boundary instead={<BrokenCells zone={row.timeZone} />}>
        {asks ? (
          <AskingCells row={row} nowMs={nowMs} isLive={isLive} />
        ) : (
          <LiveCells
            row={row}
            nowMs={nowMs}
            targets={row.targets}
            ranges={rangesFor(row.targets, row.ranges)}
          />
        )}
      </Boundary>
      <td className={classes.region}>
        <abbr title={regionName(row.region, language)}>{row.region}</abbr>
      </td>
      <td className={classes.acts}>
        <RowActs row={row} />
      </td>
    </tr>
  );
});

/** In place of four: an older browser may not know a zone of today. */
function BrokenCells({ zone }: { zone: string }) {
  const t = useMessages("roster");
  return (
    <td colSpan={4} className={classes.broken}>
      <small className={classes.failed}>{t("rowBroken", { zone })}</small>
    </td>
  );
}

/** The ID, and those of the records that are a part of this one: by them it is found too. */
export function PartnerUids({ row: { partnerUid, name, merged } }: { row: Row }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  if (merged.length === 0) return partnerUid;
  const records = formatList(
    merged.map((record) =>
      record.name === name ? record.partnerUid : `${record.partnerUid} ${record.name}`,
    ),
    language,
  );
  const words = t("withMerged", { records });
  return (
    <>
      {partnerUid}{" "}
      <small className={classes.merged} title={words}>
        {words}
      </small>
    </>
  );
}

/** What tells somebody from another of the same name. */
export function Namesake({ row: { hasNamesake, dateOfBirth, hospitalNumber } }: { row: Row }) {
  const words = useIdentityWords();
  if (!hasNamesake) return null;
  return (
    <>
      {dateOfBirth && <span>{words.born(dateOfBirth)}</span>}
      {hospitalNumber && <span>{words.hospitalNumber(hospitalNumber)}</span>}
    </>
  );
}

/** Shares only where they were reckoned for the targets that the patient has. */
export const rangesFor = (targets: TargetChoice, ranges: PatientRanges | null | undefined) =>
  ranges && targetKey(ranges.targets) === targetKey(targets) ? ranges : null;

/** The list may come anew after a row has asked, and know more. */
const latestOf = (one: PatientRanges | null, other: PatientRanges | null) =>
  (one?.endMs ?? 0) > (other?.endMs ?? 0) ? one : other;

/** Asks for the live part, which keeps its last good state when it fails. */
function AskingCells({ row, nowMs, isLive }: { row: Row; nowMs: number; isLive: boolean }) {
  const {
    data: summary,
    error,
    dataUpdatedAt,
  } = useQuery({ ...patientQueries.summary(row.id), enabled: isLive });
  // The row is as old as the list; a colleague may have changed the targets since.
  const targets = summary?.targets ?? row.targets;
  const kept = rangesFor(targets, row.ranges);
  const renewed = useQuery({
    ...patientQueries.ranges(row.id, targets),
    enabled: isLive && isOutdated(kept?.endMs) && summary?.stage === "reading",
  });
  return (
    <LiveCells
      row={row}
      nowMs={nowMs}
      summary={summary}
      trouble={error ?? staleError(summary, dataUpdatedAt)}
      targets={targets}
      ranges={latestOf(rangesFor(targets, renewed.data), kept)}
      isAsked
    />
  );
}

interface LiveCellsProps {
  row: Row;
  nowMs: number;
  targets: TargetChoice;
  ranges: PatientRanges | null;
  summary?: PatientSummary | undefined;
  trouble?: Error | null;
  isAsked?: boolean;
}

function LiveCells(props: LiveCellsProps) {
  const { row, nowMs, targets, ranges, summary, trouble = null, isAsked = false } = props;
  const { language } = usePreferences();
  const latest = summary?.latest;
  const isToldAbove = useIsToldAbove(trouble);
  const failure = isToldAbove ? null : trouble;
  return (
    <>
      <td className={classes.glucose}>
        {summary ? (
          <Latest summary={summary} targets={targets} nowMs={nowMs} />
        ) : (
          (!trouble || isToldAbove) && (
            <Loading height="1.25rem" width="6rem" isStill={!isAsked || Boolean(trouble)} />
          )
        )}
        {failure && <RowFailure error={failure} asOfMs={summary?.asOfMs ?? null} nowMs={nowMs} />}
      </td>
      <td className={classes.measured}>
        {latest && (
          <time dateTime={new Date(latest.timeMs).toISOString()}>
            {formatAge(nowMs - latest.timeMs, language)}
          </time>
        )}
      </td>
      <td className={classes.ranges}>
        <RangesBar ranges={ranges} timeZone={row.timeZone} />
      </td>
      <td className={classes.sensor}>
        <SensorDay sensor={summary ? summary.sensor : (row.status?.sensor ?? null)} nowMs={nowMs} />
      </td>
    </>
  );
}

export function Latest({
  summary,
  targets,
  nowMs,
}: {
  summary: PatientSummary;
  targets: TargetChoice;
  nowMs: number;
}) {
  const t = useMessages("roster");
  const { unit } = usePreferences();
  const { latest, stage } = summary;
  if (!latest) return <span className={classes.stage}>{t("stage-waiting")}</span>;
  // A new sensor after an old one: the readings of before do not make this one ready.
  if (stage === "warming-up" || latest.warmUp)
    return <span className={classes.stage}>{t("stage-warming-up")}</span>;
  return (
    <GlucoseValue
      valueMmolL={latest.valueMmolL}
      edges={targetsFor(targets).edges}
      unit={unit}
      trendCode={latest.trend}
      timeMs={latest.timeMs}
      nowMs={nowMs}
      afterGap={latest.afterGap}
    />
  );
}

export function SensorDay({ sensor, nowMs }: { sensor: WornSensor | null; nowMs: number }) {
  const t = useMessages("roster");
  if (!sensor) return null;
  const day = wearDay(sensor, nowMs);
  if (day === null) return <span className={classes.stage}>{t("dayUnknown")}</span>;
  if (day === "ended") return <span className={classes.stage}>{t("state.ended")}</span>;
  return day.day > day.of ? t("pastEnd", day) : t("day", day);
}

function RowFailure({ error, asOfMs, nowMs }: { error: Error; asOfMs: number | null; nowMs: number }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const { title } = useFailureWords(error);
  return (
    <small className={classes.failed}>
      {asOfMs === null ? title : t("rowFailed", { title, age: formatAge(nowMs - asOfMs, language) })}
    </small>
  );
}
