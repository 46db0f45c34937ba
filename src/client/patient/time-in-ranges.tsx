import { Group, Paper, Title } from "@mantine/core";
import { type Band, bands, tightRangeMaxMmolL } from "#glucose/bands.ts";
import { displayPercents } from "#glucose/shares.ts";
import { type Goal, meetsGoal, targetsOf } from "#glucose/targets.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { usePatientMessages } from "./messages.ts";
import classes from "./patient.module.css";
import { type Basis, Explain, wholePercent } from "./statistic.tsx";

/** The ranges as they are printed, clinical.md's table. */
const printed: Record<GlucoseUnit, Record<Band, string>> = {
  "mmol/L": {
    "very-low": "< 3.0",
    low: "3.0–3.8",
    "in-range": "3.9–10.0",
    high: "10.1–13.9",
    "very-high": "> 13.9",
  },
  "mg/dL": {
    "very-low": "< 54",
    low: "54–69",
    "in-range": "70–180",
    high: "181–250",
    "very-high": "> 250",
  },
};
const lowEdge = { "mmol/L": "3.9", "mg/dL": "70" };
const highEdge = { "mmol/L": "10.0", "mg/dL": "180" };

interface Row {
  key: string;
  name: string;
  range: string | null;
  percent: string;
  goal?: Goal;
  share: number;
  band: Band | null;
}

interface TimeInRangesProps extends Basis {
  timeIn: Readonly<Record<Band, number>>;
  /** Whether there is enough data to say that a goal is met or not. */
  judged: boolean;
}

/** Time in the five ranges: a bar, and the same numbers as a table with the goals. */
export function TimeInRanges({ timeIn, judged, ...basis }: TimeInRangesProps) {
  const t = usePatientMessages();
  const { unit } = usePreferences();
  const percents = displayPercents(bands.map((band) => timeIn[band]));
  const of = (band: Band, goal?: Row["goal"]): Row => ({
    key: band,
    name: t(`name-${band}`),
    range: printed[unit][band],
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
  const goals = targetsOf["most-adults"].goals;
  const rows = [
    of("very-high", goals.veryHigh),
    of("high"),
    sum("above", t("allAbove", { edge: highEdge[unit] }), "high", "very-high", goals.aboveRange),
    of("in-range", goals.inRange),
    sum("below", t("allBelow", { edge: lowEdge[unit] }), "low", "very-low", goals.belowRange),
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
          {t("tight", { from: lowEdge[unit], to: formatGlucose(tightRangeMaxMmolL, unit) })} {unit}:{" "}
          <strong>{wholePercent(tight)} %</strong>
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
            {"min" in goal ? `> ${goal.min}` : `< ${goal.max}`} %{" "}
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
