import {
  type FleetGroup,
  type FleetGrouping,
  type FleetSensorsQuery,
  longestWearHours,
} from "#contract/fleet.ts";
import {
  isEnough,
  leastForCurve,
  logRank,
  medianOf,
  type SurvivalStep,
  survivalOf,
} from "#sensor/survival.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import folded from "../ui/folded.module.css";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import { StackedTable } from "../ui/table.tsx";
import { daysOf } from "./curve-points.ts";
import classes from "./fleet.module.css";
import { optionOf } from "./option.ts";
import type { Listed } from "./sensor-list.tsx";
import { SurvivalChart } from "./survival-chart.tsx";
import { formatCount, formatDays, formatP, formatShareOf, groupName, talliesOf } from "./words.ts";

interface WearProps {
  by: FleetGrouping;
  ends: FleetSensorsQuery["ends"];
  groups: readonly FleetGroup[];
  onList: (listed: Listed) => void;
}

/** How long sensors are worn: the curves, what they come to, and day by day. */
export function Wear({ by, ends, groups, onList }: WearProps) {
  const t = useMessages("fleet");
  const { language } = usePreferences();
  const shown = groups.map((group) => {
    const tallies = talliesOf(group, ends);
    const name = groupName(t, by, group.key, language);
    const count = tallies.reduce((sum, { ended, censored }) => sum + ended + censored, 0);
    const ended = tallies.reduce((sum, tally) => sum + tally.ended, 0);
    return { group, name, tallies, count, ended, isEnough: isEnough(tallies), steps: survivalOf(tallies) };
  });
  const enough = shown.filter((one) => one.isEnough);
  const sentences = enough.map(({ name, steps, count, ended }) => {
    const { time, low, high } = medianOf(steps);
    const values = {
      name,
      sensors: formatCount(count, language),
      ended: formatCount(ended, language),
      median: formatDays(time, language),
      low: formatDays(low, language),
      high: formatDays(high, language),
    };
    if (time === null) return t(`wear.${ends}.noMedian`, values);
    return t(`wear.${ends}.${high === null || low === null ? "openMedian" : "median"}`, values);
  });
  return (
    <Section id="wear" title={t("wear.title")}>
      <p className={prose.note}>{t(`endsNote.${ends}`)}</p>
      {shown
        .filter((one) => !one.isEnough)
        .map(({ name, count, ended }) => (
          <Notice key={name} role="note" color="gray" title={t("wear.few", { name })}>
            {t("wear.fewNote", {
              count,
              ended,
              leastSensors: leastForCurve.sensors,
              leastEnded: leastForCurve.ended,
            })}
          </Notice>
        ))}
      {enough.length > 0 && <SurvivalChart curves={enough} label={sentences.join(" ")} />}
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {shown.length === 2 && enough.length === 2 && <Comparison groups={enough} />}
      {shown.map(({ group, name, steps, isEnough: hasShares }) => (
        <details key={name} className={`${folded.folded} ${classes.folded}`}>
          <summary>{t("days.title", { name })}</summary>
          <Days name={name} option={optionOf(group)} steps={steps} hasShares={hasShares} onList={onList} />
        </details>
      ))}
    </Section>
  );
}

interface Compared {
  name: string;
  tallies: ReturnType<typeof talliesOf>;
  count: number;
}

function Comparison({ groups }: { groups: readonly Compared[] }) {
  const t = useMessages("fleet", "compare");
  const { language } = usePreferences();
  const [first, second] = groups;
  if (!first || !second) return null;
  const { observed, expected, chiSquare, p } = logRank(first.tallies, second.tallies);
  const fixed = (value: number) => formatCount(Math.round(value * 10) / 10, language);
  if (chiSquare === null || p === null) return <p>{t("nothing")}</p>;
  const values = {
    chiSquare: formatCount(Math.round(chiSquare * 100) / 100, language),
    p: formatP(p, language),
  };
  return (
    <div>
      <p className={classes.result}>{t(p < 0.05 ? "differ" : "same", values)}</p>
      <p className={prose.note}>{t("test", values)}</p>
      {[first, second].map(({ name, count }, index) => (
        <p key={name} className={prose.note}>
          {t("group", {
            name,
            sensors: formatCount(count, language),
            observed: formatCount(observed[index] ?? 0, language),
            expected: fixed(expected[index] ?? 0),
          })}
        </p>
      ))}
      <p className={prose.note}>{t("caution")}</p>
    </div>
  );
}

interface DaysProps {
  name: string;
  option: string;
  steps: readonly SurvivalStep[];
  /** Of too few sensors only numbers are shown. */
  hasShares: boolean;
  onList: (listed: Listed) => void;
}

/** Every step of the curve by the day, with the way to the sensors behind it. */
function Days({ name, option, steps, hasShares, onList }: DaysProps) {
  const t = useMessages("fleet", "days");
  const whole = useMessages("fleet");
  const { language } = usePreferences();
  const behind = (choice: Listed["choice"], day: number, count: number) =>
    count === 0 ? (
      "0"
    ) : (
      <button
        type="button"
        className={classes.count}
        aria-label={t(choice === "ended" ? "showEnded" : "showLast", { count, day, name })}
        onClick={() =>
          onList({
            choice,
            option,
            fromHours: day * 24,
            toHours: Math.min((day + 1) * 24, longestWearHours + 1),
          })
        }
      >
        {formatCount(count, language)}
      </button>
    );
  const columns = [
    { key: "day", title: t("day"), cell: ({ day }: Row) => formatCount(day, language) },
    {
      key: "atRisk",
      title: t("atRisk"),
      label: t("atRisk"),
      cell: (row: Row) => formatCount(row.atRisk, language),
    },
    {
      key: "ended",
      title: whole("what.ended"),
      label: whole("what.ended"),
      cell: (row: Row) => behind("ended", row.day, row.ended),
    },
    {
      key: "last",
      title: whole("what.last-worn"),
      label: whole("what.last-worn"),
      cell: (row: Row) => behind("last-worn", row.day, row.censored),
    },
    {
      key: "share",
      title: t("share"),
      label: t("share"),
      cell: ({ last: { share, interval } }: Row) =>
        interval
          ? t("between", {
              share: formatShareOf(share, 1, language),
              low: formatShareOf(interval[0], 1, language),
              high: formatShareOf(interval[1], 1, language),
            })
          : formatShareOf(share, 1, language),
    },
  ];
  const shownColumns = hasShares ? columns : columns.filter(({ key }) => key !== "share");
  const rows = daysOf(steps).map((row) => ({ ...row, key: String(row.day) }));
  return <StackedTable label={t("title", { name })} columns={shownColumns} rows={rows} isLabelled />;
}

type Row = ReturnType<typeof daysOf>[number];
