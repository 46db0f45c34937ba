import { useQueryClient } from "@tanstack/react-query";
import type { ListedPatient } from "#contract/roster.ts";
import { formatList, formatPair } from "#words/list.ts";
import { formatAge, formatDateTime } from "#words/time.ts";
import { patientQueries, renewedRow } from "../api/patients.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useFailureLine } from "../ui/plain-failure.tsx";
import { regionName } from "../ui/region.ts";
import { Below, SensorEnd } from "./figures.tsx";
import classes from "./printed-roster.module.css";
import { groupWord } from "./published-words.ts";
import { RangesBar } from "./ranges-bar.tsx";
import { Reasons } from "./reasons.tsx";
import { rangesFor } from "./roster-row.tsx";
import { Latest } from "./row-glucose.tsx";
import { Namesake, PartnerUids } from "./row-identity.tsx";
import { mostReadForPaper } from "./use-printed-rows.ts";
import { countFilters, type View } from "./view.ts";
import { orders, publishedSortOf } from "./views.ts";
import { columnWord, orderOf, orderWord, sensorStateWord } from "./words.ts";

const columns = ["name", "reasons", "glucose", "below", "ranges", "sensor"] as const;

interface PrintedRosterProps {
  view: View;
  q: string;
  total: number;
  rows: readonly ListedPatient[];
  times: ReadonlyMap<string, string>;
}

/**
 * The list as it is printed: what was asked for in words instead of fields, and every row
 * that matches, not those on the screen.
 */
export function PrintedRoster({ view, q, total, rows, times }: PrintedRosterProps) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const queryClient = useQueryClient();
  const states = rows.map(({ id }) => queryClient.getQueryState(patientQueries.summary(id).queryKey));
  const missing = states.filter((state) => state?.data === undefined);
  const failed = missing.filter((state) => state?.error);
  const failure = useFailureLine(failed[0]?.error);
  const unread = missing.length - failed.length;
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
        {failed.length > 0 && ` · ${t("printedFailed", { count: failed.length, why: failure })}`}
        {unread > 0 && ` · ${t("printedUnread", { count: unread, most: mostReadForPaper })}`}
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
            <PrintedRow key={row.id} row={row} view={view} time={times.get(row.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The filters, the search and the order, in words. */
function Asked({ view, q }: Pick<PrintedRosterProps, "view" | "q">) {
  const t = useMessages("roster", "why");
  const { language } = usePreferences();
  const { filter } = view;
  const { region, stage, recency, sensor, tag, reason, wentVeryLow, state, handedToMe, isNew } = filter;
  const { lowNow, appointments, mine, archived } = filter;
  const parts = [
    q && t("printedSearch", { q }),
    region && formatPair(t("field.region"), regionName(region, language), language),
    stage && formatPair(t("filter-stage"), t(`stage-${stage}`), language),
    recency && formatPair(t("lastReading"), t(`recency-${recency}`), language),
    sensor && formatPair(t("sensor"), sensorStateWord(t, sensor), language),
    reason && formatPair(t("field.reason"), t(`reason-${reason}`), language),
    state && formatPair(t("filter-state"), t(`state-${state}`), language),
    lowNow && t("lowNow"),
    wentVeryLow && t("wentVeryLow"),
    handedToMe && t("handedToMe"),
    isNew && t("showNew"),
    tag && formatPair(t("filter-tag"), tag, language),
    appointments && t("view-appointments"),
    mine && t("mine"),
    archived && t("printedArchived"),
  ].filter(Boolean);
  const order = orders.find((name) => name === orderOf(view)) ?? publishedSortOf(view.sort);
  return (
    <>
      {parts.length > 0 ? `${parts.join(" · ")} · ` : ""}
      {order && formatPair(t("order"), orderWord(t, order), language)}
    </>
  );
}

/** What the list knows, and the latest reading where this page has asked for it. */
function PrintedRow({
  row: listed,
  view,
  time,
}: { row: ListedPatient; time: string | undefined } & Pick<PrintedRosterProps, "view">) {
  const t = useMessages("roster", "why");
  const { language, unit } = usePreferences();
  const queryClient = useQueryClient();
  const summary = queryClient.getQueryData(patientQueries.summary(listed.id).queryKey);
  const row = renewedRow(listed, summary);
  const targets = summary?.targets ?? row.targets;
  const renewed = queryClient.getQueryData(patientQueries.ranges(row.id, targets).queryKey);
  const ranges = rangesFor(targets, row.ranges) ?? rangesFor(targets, renewed);
  const measuredMs = summary?.latest?.timeMs ?? row.status?.lastReadingAtMs ?? null;
  const nowMs = now();
  const published = publishedSortOf(view.sort);
  const group = published && row.worklist?.published?.group;
  return (
    <tr>
      <th scope="row">
        {time} {row.name}
        <small>
          <PartnerUids row={row} />
        </small>
        <small>
          <Namesake row={row} />
        </small>
        <small>{formatList([regionName(row.region, language), ...row.tags], language)}</small>
      </th>
      <td>
        {published && group && <strong>{groupWord(t, group, published, unit)}</strong>}
        <Reasons row={row} nowMs={nowMs} published={published} />
      </td>
      <td>
        {summary ? <Latest summary={summary} targets={targets} nowMs={nowMs} /> : t("printedNotRead")}
        {measuredMs !== null && (
          <small>
            {formatDateTime(measuredMs, row.timeZone, language)}
            <br />
            {t("printedAge", { age: formatAge(nowMs - measuredMs, language), zone: row.timeZone })}
          </small>
        )}
      </td>
      <td>
        <Below row={row} />
      </td>
      <td>
        <RangesBar ranges={ranges} timeZone={row.timeZone} />
      </td>
      <td>
        <SensorEnd
          sensor={summary ? summary.sensor : (row.status?.sensor ?? null)}
          lastReadingAtMs={summary ? (summary.latest?.timeMs ?? null) : (row.status?.lastReadingAtMs ?? null)}
          timeZone={row.timeZone}
          nowMs={nowMs}
        />
      </td>
    </tr>
  );
}
