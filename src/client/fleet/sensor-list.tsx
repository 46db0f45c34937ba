import { useQuery } from "@tanstack/react-query";
import {
  type FleetChoice,
  type FleetGrouping,
  type FleetSensors,
  type FleetSensorsQuery,
  longestWearHours,
} from "#contract/fleet.ts";
import { hourMs } from "#glucose/time.ts";
import { formatDate } from "#words/time.ts";
import { fleetQueries } from "../api/fleet.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import { StackedTable } from "../ui/table.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./fleet.module.css";
import { keyOfOption } from "./option.ts";
import { formatDays, groupName } from "./words.ts";

/** Which sensors are shown: those behind a figure of a group, of these hours of wear. */
export interface Listed {
  choice: FleetChoice;
  /** Of the group; see option.ts. */
  option: string;
  fromHours: number;
  toHours: number;
}

interface SensorListProps {
  by: FleetGrouping;
  ends: FleetSensorsQuery["ends"];
  listed: Listed;
  onClose: () => void;
}

export function SensorList({ by, ends, listed, onClose }: SensorListProps) {
  const t = useMessages("fleet", "list");
  const whole = useMessages("fleet");
  const { language } = usePreferences();
  const { option, choice, fromHours, toHours } = listed;
  const key = keyOfOption(option);
  const query = { by, key, ends, choice, fromHours, toHours };
  const { data, error, refetch } = useQuery(fleetQueries.sensors(query));
  const name = groupName(whole, by, key, language);
  const title =
    toHours > longestWearHours
      ? t("title", { what: whole(`what.${choice}`), name })
      : t("titleDay", { what: whole(`what.${choice}`), name, day: Math.floor(fromHours / 24) });
  return (
    <Section
      id="sensors"
      title={title}
      className={classes.whole}
      ref={(section) => section?.scrollIntoView({ block: "nearest" })}
      beside={
        <Button variant="default" size="xs" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {!data && !error && <Loading height="8rem" label={t("loading")} />}
      {data && <Sensors title={title} found={data} />}
    </Section>
  );
}

function Sensors({ title, found: { total, rows } }: { title: string; found: FleetSensors }) {
  const t = useMessages("fleet", "list");
  const whole = useMessages("fleet");
  const { language } = usePreferences();
  const date = (timeMs: number | null) => (timeMs === null ? "–" : formatDate(timeMs, viewerZone, language));
  const worn = ({ activatedAtMs, endedAtMs, askedAtMs }: FleetSensors["rows"][number]) => {
    const untilMs = endedAtMs ?? askedAtMs;
    return activatedAtMs === null || untilMs === null
      ? "–"
      : formatDays((untilMs - activatedAtMs) / hourMs, language);
  };
  type Row = FleetSensors["rows"][number] & { key: string };
  const columns = [
    {
      key: "serial",
      title: t("field.serial"),
      cell: ({ serial }: Row) => (
        <Link className={prose.link} to={`/devices/${encodeURIComponent(serial)}`}>
          {serial}
        </Link>
      ),
    },
    { key: "worn", title: t("worn"), label: t("worn"), cell: worn },
    {
      key: "activated",
      title: t("activated"),
      label: t("activated"),
      cell: (row: Row) => date(row.activatedAtMs),
    },
    {
      key: "ended",
      title: whole("what.ended"),
      label: whole("what.ended"),
      cell: (row: Row) => date(row.endedAtMs),
    },
    { key: "lot", title: t("field.lot"), label: t("field.lot"), cell: (row: Row) => row.lot ?? "–" },
  ];
  return (
    <>
      <p role="status">{t("count", { count: total })}</p>
      {total > rows.length && <p className={prose.note}>{t("first", { count: rows.length })}</p>}
      {rows.length > 0 && (
        <StackedTable
          label={title}
          columns={columns}
          rows={rows.map((row) => ({ ...row, key: row.serial }))}
          isLabelled
        />
      )}
    </>
  );
}
