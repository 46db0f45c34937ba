import { useQueryClient } from "@tanstack/react-query";
import type { ListedPatient } from "#contract/roster.ts";
import { patientQueries } from "../api/patients.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatList, formatPair } from "../ui/list.ts";
import { regionName } from "../ui/region.ts";
import { formatAge, formatDateTime } from "../ui/time.ts";
import classes from "./printed-roster.module.css";
import { RangesBar } from "./ranges-bar.tsx";

import { Latest, Namesake, PartnerUids, rangesFor, SensorDay } from "./roster-row.tsx";
import { countFilters, type View } from "./view.ts";
import { columnWord, sensorStateWord } from "./words.ts";

const columns = ["name", "partnerUid", "glucose", "measured", "ranges", "sensor", "region"] as const;

interface PrintedRosterProps {
  view: View;
  q: string;
  total: number;
  rows: readonly ListedPatient[];
}

/**
 * The list as it is printed: what was asked for in words instead of fields, and every row
 * that matches, not those on the screen.
 */
export function PrintedRoster({ view, q, total, rows }: PrintedRosterProps) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const queryClient = useQueryClient();
  const unread = rows.filter(
    ({ id }) => queryClient.getQueryData(patientQueries.summary(id).queryKey) === undefined,
  ).length;
  const number = (count: number) => new Intl.NumberFormat(language).format(count);
  return (
    <div className={classes.printed}>
      <p>
        <strong>
          {t(q || countFilters(view) > 0 ? "matching" : "total", { count: total, shown: number(total) })}
          {rows.length < total &&
            ` – ${t("printedFirst", { count: rows.length, shown: number(rows.length) })}`}
        </strong>{" "}
        <Asked view={view} q={q} /> · {t("printedZones")}
        {unread > 0 && ` · ${t("printedUnread", { count: unread })}`}
      </p>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {columnWord(t, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <PrintedRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The filters, the search and the order, in words. */
function Asked({ view: { filter, sort, down }, q }: Pick<PrintedRosterProps, "view" | "q">) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const { region, stage, recency, sensor, tag, mine, archived } = filter;
  const parts = [
    q && t("printedSearch", { q }),
    region && formatPair(t("field.region"), regionName(region, language), language),
    stage && formatPair(t("filter-stage"), t(`stage-${stage}`), language),
    recency && formatPair(t("lastReading"), t(`recency-${recency}`), language),
    sensor && formatPair(t("sensor"), sensorStateWord(t, sensor), language),
    tag && formatPair(t("filter-tag"), tag, language),
    mine && t("mine"),
    archived && t("printedArchived"),
  ].filter(Boolean);
  const order = `${sort}${down ? "-down" : ""}`;
  const known = (["name", "name-down", "last-reading", "last-reading-down", "time-in-range"] as const).find(
    (name) => name === order,
  );
  const rest = (["time-in-range-down", "sensor-end", "added-down"] as const).find((name) => name === order);
  const orderName = known ?? rest;
  return (
    <>
      {parts.length > 0 ? `${parts.join(" · ")} · ` : ""}
      {orderName && formatPair(t("order"), t(`order-${orderName}`), language)}
    </>
  );
}

/**
 * What the list knows, and the latest reading where this page has asked for it:
 * a sheet asks the platform for nobody.
 */
function PrintedRow({ row }: { row: ListedPatient }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const queryClient = useQueryClient();
  const summary = queryClient.getQueryData(patientQueries.summary(row.id).queryKey);
  const targets = summary?.targets ?? row.targets;
  const ranges =
    queryClient.getQueryData(patientQueries.ranges(row.id, targets).queryKey) ??
    rangesFor(targets, row.ranges);
  const measuredMs = summary?.latest?.timeMs ?? row.status?.lastReadingAtMs ?? null;
  const nowMs = now();
  return (
    <tr>
      <th scope="row">
        {row.name}
        <small>
          <Namesake row={row} />
        </small>
        {row.tags.length > 0 && <small>{formatList(row.tags, language)}</small>}
      </th>
      <td>
        <PartnerUids row={row} />
      </td>
      <td>{summary ? <Latest summary={summary} targets={targets} nowMs={nowMs} /> : t("printedNotRead")}</td>
      <td>
        {measuredMs === null ? (
          "–"
        ) : (
          <>
            {formatDateTime(measuredMs, row.timeZone, language)}{" "}
            <small>
              {t("printedAge", { age: formatAge(nowMs - measuredMs, language), zone: row.timeZone })}
            </small>
          </>
        )}
      </td>
      <td>
        <RangesBar ranges={ranges} timeZone={row.timeZone} />
      </td>
      <td>
        <SensorDay sensor={summary ? summary.sensor : (row.status?.sensor ?? null)} nowMs={nowMs} />
      </td>
      <td>{row.region}</td>
    </tr>
  );
}
