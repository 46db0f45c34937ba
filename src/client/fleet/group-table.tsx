import {
  type FleetEnds,
  type FleetGroup,
  type FleetGrouping,
  fleetDelaysMin,
  longestWearHours,
} from "#contract/fleet.ts";
import { isEnough, leastForCurve, medianOf, survivalOf } from "#sensor/survival.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { Section } from "../ui/section.tsx";
import table from "../ui/table.module.css";
import { Table } from "../ui/table.tsx";
import classes from "./fleet.module.css";
import { optionOf } from "./option.ts";
import type { Listed } from "./sensor-list.tsx";
import { formatCount, formatDays, formatShareOf, groupName, talliesOf } from "./words.ts";

interface GroupTableProps {
  by: FleetGrouping;
  ends: FleetEnds;
  groups: readonly FleetGroup[];
  onList: (listed: Listed) => void;
}

/** What each group comes to, with the way to the sensors behind a count. */
export function GroupTable({ by, ends, groups, onList }: GroupTableProps) {
  const t = useMessages("fleet", "groups");
  const whole = useMessages("fleet");
  const { language } = usePreferences();
  const count = (number: number) => formatCount(number, language);
  const behind = (choice: Listed["choice"], group: Row, number: number) => {
    if (number === 0) return "0";
    const said = count(number);
    return (
      <button
        type="button"
        className={classes.count}
        aria-label={t("show", { what: whole(`what.${choice}`), count: said, name: group.name })}
        onClick={() =>
          onList({ choice, option: optionOf({ key: group.of }), fromHours: 0, toHours: longestWearHours + 1 })
        }
      >
        {said}
      </button>
    );
  };
  const delays = (row: Row) => {
    const known = row.delays.reduce((sum, one) => sum + one, 0);
    if (known === 0) return "–";
    if (known < leastForCurve.sensors)
      return t("withinOf", {
        prompt: count(row.delays[0] ?? 0),
        known: count(known),
        later: count(row.delays.at(-1) ?? 0),
      });
    return t("within", {
      share: formatShareOf(row.delays[0] ?? 0, known, language),
      later: count(row.delays.at(-1) ?? 0),
    });
  };
  const median = (row: Row) => {
    const tallies = talliesOf(row, ends);
    if (!isEnough(tallies)) return t("few");
    const { time, low, high } = medianOf(survivalOf(tallies));
    if (time === null) return t("noMedian");
    return t("median", {
      median: formatDays(time, language),
      low: formatDays(low, language),
      high: formatDays(high, language),
    });
  };
  /**
   * How many ended early, and of enough how many of all do by the planned end: those still worn count for as long as they
   * were.
   */
  const early = (row: Row) => {
    const count = behind("early", row, row.endedEarly);
    const steps = survivalOf(talliesOf(row, "early"));
    const last = steps.at(-1);
    if (!last?.interval || !isEnough(talliesOf(row, ends))) return count;
    const [low, high] = last.interval;
    const share = (worn: number) => formatShareOf(1 - worn, 1, language);
    return (
      <>
        {count} · {whole("days.between", { share: share(last.share), low: share(high), high: share(low) })}
      </>
    );
  };
  const columns: { key: string; title: string; cell: (row: Row) => React.ReactNode }[] = [
    { key: "name", title: t("name"), cell: ({ name }) => name },
    { key: "sensors", title: t("sensors"), cell: (row) => count(row.sensors) },
    { key: "wear", title: t(`wear.${ends}`), cell: median },
    {
      key: "early",
      title: whole("what.early"),
      cell: early,
    },
    { key: "silent", title: whole("what.silent"), cell: (row) => behind("silent", row, row.silent) },
    {
      key: "never",
      title: whole("what.never-sent"),
      cell: (row) => behind("never-sent", row, row.neverSent),
    },
    {
      key: "complete",
      title: t("complete"),
      cell: (row) => {
        if (row.dataKnown === 0) return "–";
        const share =
          row.dataKnown < leastForCurve.sensors
            ? t("few")
            : formatShareOf(row.received, row.expected, language);
        return t("ofSensors", { share, sensors: count(row.dataKnown) });
      },
    },
    { key: "delays", title: t("delays"), cell: delays },
    { key: "unclear", title: whole("what.unclear"), cell: (row) => behind("unclear", row, row.unclear) },
  ];
  const rows: Row[] = groups.map((group) => ({
    ...group,
    of: group.key,
    key: optionOf(group),
    name: groupName(whole, by, group.key, language),
  }));
  return (
    <Section id="groups" title={t(by === "all" ? "titleAll" : "title")}>
      <ScrollRegion label={t("title")}>
        <Table columns={columns} rows={rows} className={`${table.table} ${classes.groups}`} />
      </ScrollRegion>
      <p className={prose.note}>
        {t("note", {
          minutes: fleetDelaysMin[0],
          hours: (fleetDelaysMin.at(-1) ?? 0) / 60,
          leastSensors: leastForCurve.sensors,
          leastEnded: leastForCurve.ended,
        })}
      </p>
    </Section>
  );
}

interface Row extends Omit<FleetGroup, "key"> {
  key: string;
  of: string | null;
  name: string;
}
