import { Group, Paper, Title } from "@mantine/core";
import { type Band, bands, type Edges, tightRangeMaxMmolL } from "#glucose/bands.ts";
import { displayPercents, wholePercent } from "#glucose/shares.ts";
import { type Goal, meetsGoal } from "#glucose/targets.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { usePatientMessages } from "./messages.ts";
import { Explain, goalWords } from "./statistic.tsx";
import classes from "./time-in-ranges.module.css";
import type { PeriodData } from "./use-period-data.ts";

/** The ranges as clinical.md prints them: a band begins a tenth, or in mg/dL one, after the one below it ends. */
function printedRanges({ veryLow, low, high, veryHigh }: Edges, unit: GlucoseUnit): Record<Band, string> {
  const at = (edge: number) => formatGlucose(edge, unit);
  const next = (edge: number) => (unit === "mmol/L" ? (edge + 0.1).toFixed(1) : String(Number(at(edge)) + 1));
  const before = (edge: number) =>
    unit === "mmol/L" ? (edge - 0.1).toFixed(1) : String(Number(at(edge)) - 1);
  return {
    "very-low": `< ${at(veryLow)}`,
    low: `${at(veryLow)}–${before(low)}`,
    "in-range": `${at(low)}–${at(high)}`,
    high: `${next(high)}–${at(veryHigh)}`,
    "very-high": `> ${at(veryHigh)}`,
  };
}

interface Row {
  key: string;
  name: string;
  range: string | null;
  percent: string;
  goal?: Goal;
  share: number;
  band: Band | null;
}

interface TimeInRangesProps extends PeriodData {
  timeIn: Readonly<Record<Band, number>>;
  /** Whether there is enough data to say that a goal is met or not. */
  judged: boolean;
}

/** Time in the five ranges: a bar, and the same numbers as a table with the goals. */
export function TimeInRanges({ timeIn, judged, targets, ...basis }: TimeInRangesProps) {
  const t = usePatientMessages();
  const { unit } = usePreferences();
  const { edges, goals } = targets;
  const printed = printedRanges(edges, unit);
  const percents = displayPercents(bands.map((band) => timeIn[band]));
  const of = (band: Band, goal?: Row["goal"]): Row => ({
    key: band,
    name: t(`name-${band}`),
    range: printed[band],
    percent: percents[bands.indexOf(band)] ?? "",
    share: timeIn[band],
    band,
    goal,
  });
  // A sum of two displayed parts is shown as their sum, so that the column adds up.
  const sum = (key: string, name: string, a: Band, b: Band, goal: Row["goal"]): Row => {
    const shown = [a, b].reduce((total, band) => total + Number(percents[bands.indexOf(band)]), 0);
    return {
      key,
      name,
      range: null,
      percent: String(Math.round(shown * 10) / 10),
      share: timeIn[a] + timeIn[b],
      band: null,
      goal,
    };
  };
  const above = t("allAbove", { edge: formatGlucose(edges.high, unit) });
  const below = t("allBelow", { edge: formatGlucose(edges.low, unit) });
  const rows = [
    of("very-high", goals.veryHigh),
    of("high"),
    sum("above", above, "high", "very-high", goals.aboveRange),
    of("in-range", goals.inRange),
    sum("below", below, "low", "very-low", goals.belowRange),
    of("low"),
    of("very-low", goals.veryLow),
  ];
  const tight = basis.statistics.timeInTightRange;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="time-in-ranges">
      <Group gap="xs">
        <Title order={2} id="time-in-ranges">
          {t("timeInRanges")}
        </Title>
        <Explain name={t("timeInRanges")} definition={t("defTimeInRanges")} basis={basis} />
      </Group>
      <div className={classes.bar} aria-hidden="true">
        {bands.map((band) => (
          <span key={band} data-band={band} style={{ flexGrow: timeIn[band] }} />
        ))}
      </div>
      <table className={classes.ranges}>
        <thead>
          <tr>
            <th scope="col">{t("range")}</th>
            <th scope="col">{unit}</th>
            <th scope="col">{t("share")}</th>
            <th scope="col">{t("goal")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RangeRow key={row.key} row={row} judged={judged} />
          ))}
        </tbody>
      </table>
      {tight !== null && (
        <p className={classes.tight}>
          {t("tight", { from: formatGlucose(3.9, unit), to: formatGlucose(tightRangeMaxMmolL, unit) })} {unit}
          : <strong>{wholePercent(tight)} %</strong>
        </p>
      )}
    </Paper>
  );
}

function RangeRow({ row, judged }: { row: Row; judged: boolean }) {
  const t = usePatientMessages();
  const { name, range, percent, goal, share, band } = row;
  const isMet = goal && meetsGoal(share, goal);
  return (
    <tr data-sum={band === null || undefined}>
      <th scope="row">
        {band && <span className={classes.swatch} data-band={band} aria-hidden="true" />}
        {name}
      </th>
      <td>{range}</td>
      <td>
        <strong>{percent} %</strong>
      </td>
      <td>
        {goal && (
          <>
            {goalWords(goal)}{" "}
            {judged && (
              <span data-met={isMet}>
                {isMet ? "✓" : "✗"} {t(isMet ? "goalMet" : "goalMissed")}
              </span>
            )}
          </>
        )}
      </td>
    </tr>
  );
}
