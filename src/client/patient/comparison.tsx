import { Text } from "@mantine/core";
import type { Band } from "#glucose/bands.ts";
import { gmi2026Percent } from "#glucose/gmi.ts";
import { formatActiveShare, formatCv, formatShares, type ShownShares } from "#glucose/shares.ts";
import { gmiPercent, type Statistics, statisticsOf, sufficiencyOf } from "#glucose/statistics.ts";
import { type Goal, meetsGoal, type Targets } from "#glucose/targets.ts";
import { formatEdge, formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { type Messages, useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { formatDateTime, formatDuration, formatShortDateTime } from "../ui/time.ts";
import { shortfallOf } from "./compare-sides.ts";
import classes from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import { dateInput } from "./period.ts";
import { goalWords, Verdict } from "./statistic.tsx";
import type { Compared } from "./use-comparison.ts";

interface MetricRow {
  key: string;
  name: string;
  unit: string;
  goal?: Goal | undefined;
  /** The share that a goal is set for, 0 to 1. */
  share?: (s: Statistics) => number | null;
  /** As the statistics above show it. */
  text: (s: Statistics, judged: boolean) => string | null;
  /** Left out where a side has too little data. */
  needsEnough?: boolean;
}

function metricRows(
  { edges, goals }: Targets,
  unit: GlucoseUnit,
  t: Messages<"patient", "details">,
  names: Messages<"patient", "page">,
): MetricRow[] {
  const share = (key: keyof ShownShares, name: string, parts: readonly Band[], goal?: Goal): MetricRow => ({
    key,
    name,
    goal,
    unit: "%",
    share: ({ timeIn }) => timeIn && parts.reduce((sum, band) => sum + timeIn[band], 0),
    text: ({ timeIn }, judged) => timeIn && formatShares(timeIn, judged ? goals : {})[key],
  });
  const band = (of: Band, goal?: Goal) => share(of, names(`bandName.${of}`), [of], goal);
  const gmi = (year: string, of: (meanMmolL: number) => number): MetricRow => ({
    key: `gmi ${year}`,
    name: t("gmiOf", { year }),
    unit: "%",
    needsEnough: true,
    text: ({ meanMmolL }) => (meanMmolL === null ? null : of(meanMmolL).toFixed(1)),
  });
  const above = names("allAbove", { edge: formatEdge(edges.high, unit) });
  const below = names("allBelow", { edge: formatEdge(edges.low, unit) });
  return [
    band("very-high", goals.veryHigh),
    band("high"),
    share("above", above, ["high", "very-high"], goals.aboveRange),
    band("in-range", goals.inRange),
    share("below", below, ["low", "very-low"], goals.belowRange),
    band("low"),
    band("very-low", goals.veryLow),
    {
      key: "mean",
      name: names("mean"),
      unit,
      text: ({ meanMmolL }) => (meanMmolL === null ? null : formatGlucose(meanMmolL, unit)),
    },
    gmi("2018", gmiPercent),
    gmi("2026", gmi2026Percent),
    {
      key: "cv",
      name: names("cv"),
      unit: "%",
      text: ({ cvPercent }) => (cvPercent === null ? null : formatCv(cvPercent)),
    },
    {
      key: "active",
      name: names("active"),
      unit: "%",
      text: ({ activeShare }) => formatActiveShare(activeShare),
    },
    { key: "n", name: t("readingsN"), unit: "", text: ({ n }) => String(n) },
  ];
}

const decimalsOf = (text: string) => text.split(".")[1]?.length ?? 0;

/** Of two numbers as they are shown, so that the row adds up; with its sign. */
function difference(a: string, b: string): string {
  const text = (Number(a) - Number(b)).toFixed(Math.max(decimalsOf(a), decimalsOf(b)));
  const sign = Number(text) > 0 ? "+" : Number(text) < 0 ? "−" : "±";
  return sign + text.replace("-", "");
}

/** Two sides beside each other, the earlier on the left, with their differences, or why there are none. */
export function Comparison({
  data,
  compared,
  shownZone,
  nowMs,
}: Pick<DetailsProps, "data" | "shownZone" | "nowMs"> & { compared: Compared }) {
  const t = useMessages("patient", "details");
  const names = useMessages("patient", "page");
  const { unit, language } = usePreferences();
  const both = [compared.own, compared.other].sort((a, b) => a.side.startMs - b.side.startMs);
  const statistics = both.map(({ side, readings }) =>
    statisticsOf(readings, side, data.targets.edges, data.lives),
  );
  const sides = both.map(({ side }, index) => ({
    ...side,
    shortfall: shortfallOf(side, statistics[index] as Statistics),
  }));
  const enough = sides.map(({ startMs, endMs }, index) =>
    sufficiencyOf(statistics[index] as Statistics, endMs - startMs),
  );
  const isJudged = (index: number) => Boolean(enough[index]?.isDenseEnough) && !sides[index]?.shortfall;
  const isWithheld = sides.some(({ shortfall }) => shortfall);
  const rows = metricRows(data.targets, unit, t, names);
  const yearOf = (timeMs: number) => dateInput(timeMs, shownZone).slice(0, 4);
  const isThisYear = sides.every(({ startMs }) => yearOf(startMs) === yearOf(nowMs));
  const at = (timeMs: number) =>
    (isThisYear ? formatShortDateTime : formatDateTime)(timeMs, shownZone, language);
  const withUnit = (value: string, of: string) =>
    of === "%" ? names("percent", { value }) : `${value} ${of}`;
  const whyWithheld = ({ startMs, endMs, sensor, shortfall }: (typeof sides)[number], active: number) => {
    if (shortfall === "piece")
      return t("piece", {
        duration: formatDuration(endMs - startMs, language),
        serial: sensor?.serial ?? "",
      });
    const duration = formatDuration((endMs - startMs) * active, language);
    return sensor
      ? t("littleOfSensor", { duration, serial: sensor.serial })
      : t("littleOfDays", { duration, from: at(startMs), to: at(endMs - 1) });
  };
  return (
    <div className={classes.scrolled}>
      <ScrollRegion label={t("metric")}>
        {isWithheld && (
          <Text role="note" size="sm" fw={600} mt="sm">
            <Sentences>
              {sides.flatMap((side, i) =>
                side.shortfall ? [whyWithheld(side, (statistics[i] as Statistics).activeShare)] : [],
              )}
              {t("withheld")}
            </Sentences>
          </Text>
        )}
        <table className={`${classes.table} ${classes.stacked}`}>
          <thead>
            <tr>
              <th scope="col">{t("metric")}</th>
              {sides.map(({ startMs, endMs, sensor }) => (
                <th key={startMs} scope="col">
                  {sensor && <strong>{t("field.sensor", { serial: sensor.serial })} </strong>}
                  <span className={classes.line}>{at(startMs)} –</span>{" "}
                  <span className={classes.line}>{at(endMs - 1)}</span>
                </th>
              ))}
              <th scope="col">{t("differenceColumn")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, goal, share, unit: of, text, needsEnough }) => {
              const [a = null, b = null] = statistics.map((s, index) =>
                needsEnough && sides[index]?.shortfall ? null : text(s, isJudged(index)),
              );
              const shown = (value: string | null, index: number) => {
                const own = share?.(statistics[index] as Statistics) ?? null;
                return (
                  <td>
                    <span className={classes.line}>{value === null ? "–" : withUnit(value, of)}</span>{" "}
                    {goal && own !== null && isJudged(index) && <Verdict isMet={meetsGoal(own, goal)} />}
                  </td>
                );
              };
              const by = isWithheld || a === null || b === null ? null : difference(b, a);
              return (
                <tr key={key}>
                  <th scope="row">
                    <Sentences>
                      {name}
                      {goal && (
                        <span className={classes.line}>
                          {names("goalOf", { goal: goalWords(goal, names) })}
                        </span>
                      )}
                    </Sentences>
                  </th>
                  {shown(a, 0)}
                  {shown(b, 1)}
                  <td data-label={t("differenceColumn")} className={classes.line}>
                    {by === null ? "–" : `${by} ${of === "%" ? t("points") : of}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {enough.some(({ isDenseEnough }) => !isDenseEnough) && <Text size="sm">{t("compareLittle")}</Text>}
        {enough.some(({ isLongEnough }) => !isLongEnough) && <Text size="sm">{t("compareShort")}</Text>}
      </ScrollRegion>
    </div>
  );
}
