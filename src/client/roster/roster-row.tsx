import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ComponentType, memo, type ReactNode, useEffect, useState } from "react";
import type { PatientRanges, ListedPatient as Row } from "#contract/roster.ts";
import { type TargetChoice, targetKey } from "#glucose/targets.ts";
import { isOutdated, patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Boundary } from "../ui/boundary.tsx";
import { Link } from "../ui/link.tsx";
import { regionName } from "../ui/region.ts";
import { staleError } from "../ui/stale-notice.tsx";
import type { Column } from "./columns.ts";
import { Below, Change, Lowest, Nights, Reviewed, SensorEnd } from "./figures.tsx";
import { RangesBar } from "./ranges-bar.tsx";
import { Reasons } from "./reasons.tsx";
import classes from "./roster.module.css";
import { Glucose, type LivePart } from "./row-glucose.tsx";
import { Namesake, PartnerUids, TargetsDoubt } from "./row-identity.tsx";
import type { PublishedSort } from "./views.ts";
import { columnWord } from "./words.ts";

interface RowProps {
  row: Row;
  index: number;
  nowMs: number;
  /** Whether to ask for what is not known yet. */
  isLive: boolean;
  /** Takes the row's height, which is of its content. */
  measure: (row: HTMLTableRowElement | null) => void;
  list: ListShown;
}

/** What all rows have in common. */
interface ListShown {
  columns: readonly Column[];
  published: PublishedSort | undefined;
  /** What is searched for looks like a date of birth, or half of one. */
  isByDate: boolean;
  /** Of a list of today's appointments, by the patient's ID. */
  times: ReadonlyMap<string, string>;
  slots: RowSlots;
}

/** What other features put above the rows, and into each: at its end what can be done, under the reasons what was. */
export interface RowSlots {
  Acts?: ComponentType<{ row: Row }>;
  MarksNote?: ComponentType<{ row: Row }>;
  Head?: ComponentType;
}

/**
 * Whether a row is drawn as it was: one that asks already goes on as it is while the list is scrolled, or all
 * of them would be drawn anew at the first turn of a wheel.
 */
const isDrawnSo = (drawn: RowProps, next: RowProps): boolean =>
  (drawn.isLive || !next.isLive) &&
  drawn.row === next.row &&
  drawn.index === next.index &&
  drawn.nowMs === next.nowMs &&
  drawn.measure === next.measure &&
  drawn.list === next.list;

/** One patient: at once what the list knows, and the live part once the list has rested on this row. */
function DrawnRow({ row, index, nowMs, isLive, measure, list }: RowProps) {
  const { language } = usePreferences();
  const queryClient = useQueryClient();
  // Asking costs a scrolling list more than drawing does, so that rows flying past do not even begin to.
  const [asks, setAsks] = useState(
    () => queryClient.getQueryData(patientQueries.summary(row.id).queryKey) !== undefined,
  );
  if (isLive && !asks) setAsks(true);
  const t = useMessages("roster");
  const { Acts } = list.slots;
  const time = list.times.get(row.id);
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2}>
      <th scope="row" className={classes.name}>
        {time && <time className={classes.time}>{time} </time>}
        <Link to={`/patients/${row.id}`}>{row.name}</Link>
        <span className={classes.identity}>
          <span className={classes.partnerUid}>
            <PartnerUids row={row} />
          </span>
          <span>{regionName(row.region, language)}</span>
          <Namesake row={row} isByDate={list.isByDate} />
          {row.tags.map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </span>
      </th>
      <Boundary instead={<BrokenCells zone={row.timeZone} columns={list.columns} />}>
        {asks ? (
          <AskingCells row={row} nowMs={nowMs} isLive={isLive} list={list} />
        ) : (
          <LiveCells
            row={row}
            nowMs={nowMs}
            list={list}
            targets={row.targets}
            ranges={rangesFor(row.targets, row.ranges)}
          />
        )}
      </Boundary>
      {/* Not among the live cells, which are others once they ask: a press must not fall between the two. */}
      {Acts && list.columns.includes("acts") && (
        <td className={classes.acts} data-label={columnWord(t, "acts")}>
          <Acts row={row} />
        </td>
      )}
    </tr>
  );
}

export const RosterRow = memo(DrawnRow, isDrawnSo);

/** In place of all but the name: an older browser may not know a zone of today. */
function BrokenCells({ zone, columns }: { zone: string; columns: readonly Column[] }) {
  const t = useMessages("roster");
  return (
    <td colSpan={columns.filter((column) => column !== "acts").length - 1} className={classes.broken}>
      <small className={classes.failed}>{t("rowBroken", { zone })}</small>
    </td>
  );
}

/** Shares only where they were reckoned for the targets that the patient has. */
export const rangesFor = (targets: TargetChoice, ranges: PatientRanges | null | undefined) =>
  ranges && targetKey(ranges.targets) === targetKey(targets) ? ranges : null;

/** Asks for the live part, which keeps its last good state when it fails. */
function AskingCells({ row, nowMs, isLive, list }: Omit<RowProps, "index" | "measure">) {
  const {
    data: summary,
    error,
    dataUpdatedAt,
    refetch,
  } = useQuery({ ...patientQueries.summary(row.id), enabled: isLive });
  // The row is as old as the list; a colleague may have changed the targets since.
  const targets = summary?.targets ?? row.targets;
  const kept = rangesFor(targets, row.ranges);
  const { data: renewed } = useQuery({
    ...patientQueries.ranges(row.id, targets),
    enabled: isLive && isOutdated(kept?.endMs) && summary?.stage === "reading",
  });
  // Somebody has looked since: value, reasons and shares follow together.
  const knownMs = row.status?.lastReadingAtMs ?? 0;
  const lookMs = kept && renewed ? renewed.endMs : 0;
  const isBehind =
    isLive &&
    summary !== undefined &&
    ((summary.latest?.timeMs ?? 0) < knownMs || lookMs > (kept?.endMs ?? lookMs));
  useEffect(() => {
    if (isBehind && knownMs + lookMs > 0) void refetch({ cancelRefetch: false });
  }, [isBehind, knownMs, lookMs, refetch]);
  return (
    <LiveCells
      row={row}
      nowMs={nowMs}
      list={list}
      summary={summary}
      trouble={error ?? staleError(summary, dataUpdatedAt)}
      targets={targets}
      ranges={kept ?? rangesFor(targets, renewed)}
      isAsked
    />
  );
}

interface LiveCellsProps extends LivePart {
  list: ListShown;
  ranges: PatientRanges | null;
}

function LiveCells(props: LiveCellsProps) {
  const { row, nowMs, list, ranges, summary } = props;
  const t = useMessages("roster");
  const { columns, published, slots } = list;
  const { MarksNote } = slots;
  const hasRanges = columns.includes("ranges");
  const sensorEnd = (
    <SensorEnd
      sensor={summary ? summary.sensor : (row.status?.sensor ?? null)}
      lastReadingAtMs={summary ? (summary.latest?.timeMs ?? null) : (row.status?.lastReadingAtMs ?? null)}
      timeZone={row.timeZone}
      nowMs={nowMs}
      isBrief={!columns.includes("sensor") && !hasRanges}
    />
  );
  const contents: Record<Exclude<Column, "name" | "acts">, ReactNode> = {
    glucose: (
      <>
        <Glucose {...props} />
        {!hasRanges && (
          <>
            <RangesBar ranges={ranges} timeZone={row.timeZone} />
            {!columns.includes("sensor") && sensorEnd}
          </>
        )}
      </>
    ),
    reasons: (
      <>
        <Reasons row={row} nowMs={nowMs} published={published} />
        <TargetsDoubt row={{ ...row, targets: props.targets }} />
        {MarksNote && <MarksNote row={row} />}
      </>
    ),
    below: <Below row={row} />,
    lowest: (
      <>
        <Lowest row={row} nowMs={nowMs} />
        {!columns.includes("nights") && <Nights row={row} isAside />}
      </>
    ),
    nights: <Nights row={row} />,
    change: <Change row={row} />,
    ranges: (
      <>
        <RangesBar ranges={ranges} timeZone={row.timeZone} />
        {!columns.includes("change") && <Change row={row} isAside />}
        {!columns.includes("sensor") && sensorEnd}
      </>
    ),
    sensor: sensorEnd,
    reviewed: <Reviewed row={row} nowMs={nowMs} />,
  };
  return columns.map(
    (column) =>
      column !== "name" &&
      column !== "acts" && (
        <td key={column} className={classes[column]} data-label={columnWord(t, column)}>
          {contents[column]}
        </td>
      ),
  );
}
