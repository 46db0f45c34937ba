import { Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { type Band, bands, edgesMmolL, tightRangeMaxMmolL } from "#glucose/bands.ts";
import { formatRanges } from "#glucose/ranges.ts";
import { formatShare, formatShares } from "#glucose/shares.ts";
import { type Goal, meetsGoal, type Source, type Targets } from "#glucose/targets.ts";
import { formatEdge } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Sentences } from "../ui/sentences.tsx";
import { PanelTitle } from "./panel-title.tsx";
import { goalWords, Verdict } from "./statistic.tsx";
import classes from "./time-in-ranges.module.css";
import type { PeriodData } from "./use-period-data.ts";

interface Row {
  key: string;
  name: string;
  /** What clinicians call it in every language. */
  abbreviation?: string;
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
  /** Why these numbers say less than they seem to; empty where they do not. */
  note?: ReactNode;
}

/** Time in the five ranges: a bar, and the same numbers as a table with the goals. */
export function TimeInRanges({ timeIn, judged, note = "", targets, ...basis }: TimeInRangesProps) {
  const t = useMessages("patient", "page");
  const define = useMessages("patient", "definitions");
  const { unit } = usePreferences();
  const { edges, goals } = targets;
  const printed = formatRanges(edges, unit);
  const shown = formatShares(timeIn, judged ? goals : {});
  const of = (band: Band, goal?: Goal): Row => ({
    key: band,
    name: t(`bandName.${band}`),
    range: printed[band],
    percent: shown[band],
    share: timeIn[band],
    band,
    goal,
  });
  const above: Row = {
    key: "above",
    abbreviation: "TAR",
    name: t("allAbove", { edge: formatEdge(edges.high, unit) }),
    range: null,
    percent: shown.above,
    share: timeIn.high + timeIn["very-high"],
    band: null,
    goal: goals.aboveRange,
  };
  const below: Row = {
    key: "below",
    abbreviation: "TBR",
    name: t("allBelow", { edge: formatEdge(edges.low, unit) }),
    range: null,
    percent: shown.below,
    share: timeIn.low + timeIn["very-low"],
    band: null,
    goal: goals.belowRange,
  };
  const rows = [
    of("very-high", goals.veryHigh),
    of("high"),
    above,
    { ...of("in-range", goals.inRange), abbreviation: "TIR" },
    below,
    of("low"),
    of("very-low", goals.veryLow),
  ];
  // Where nothing lies between the tight range and this one, the two are one number.
  const tight = basis.statistics.timeInTightRange;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="time-in-ranges" className={classes.panel}>
      <PanelTitle
        id="time-in-ranges"
        name={t("timeInRanges")}
        definition={define("timeInRanges")}
        basis={basis}
      />
      {note && (
        <Text role="note" size="sm" mt="xs" fw={judged ? undefined : 600}>
          {note}
        </Text>
      )}
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
      <TargetBasis targets={targets} />
      {tight !== null && (
        <p className={classes.tight}>
          {t("tight", {
            from: formatEdge(edgesMmolL.low, unit),
            to: formatEdge(tightRangeMaxMmolL, unit),
          })}{" "}
          {unit} <abbr className={classes.abbreviation}>TITR</abbr>
          {t("colon")}
          <strong>
            {t("percent", { value: tight === timeIn["in-range"] ? shown["in-range"] : formatShare(tight) })}
          </strong>
        </p>
      )}
    </Paper>
  );
}

function RangeRow({ row, judged }: { row: Row; judged: boolean }) {
  const t = useMessages("patient", "page");
  const { name, abbreviation, range, percent, goal, share, band } = row;
  return (
    <tr data-sum={band === null || undefined}>
      <th scope="row">
        {band && <span className={classes.swatch} data-band={band} aria-hidden="true" />}
        {name}
        {abbreviation && (
          <>
            {" "}
            <abbr className={classes.abbreviation}>{abbreviation}</abbr>
          </>
        )}
      </th>
      <td>{range}</td>
      <td>
        <strong>{t("percent", { value: percent })}</strong>
      </td>
      <td>
        {goal && (
          <>
            <span className={classes.goal}>{goalWords(goal, t)}</span>{" "}
            {judged && <Verdict isMet={meetsGoal(share, goal)} />}
          </>
        )}
      </td>
    </tr>
  );
}

/** What kind of numbers the range and its goals are and where they come from, and what stands beside them without being judged. */
function TargetBasis({ targets: { source, notes } }: { targets: Targets }) {
  const t = useMessages("patient", "page");
  const { unit } = usePreferences();
  const sourceWords = ({ kind, name }: Source) => t(`source-${kind}`, { name });
  return (
    <p className={classes.basis}>
      <Sentences>
        {source ? t("rangeSource", { source: sourceWords(source) }) : t("rangeOwn")}
        {notes.map(({ what, source: of }) => (
          <span key={what}>
            {t(what, {
              source: sourceWords(of),
              mean: `${formatEdge(6.1, unit)} ${unit}`,
              from: formatEdge(4.0, unit),
              to: `${formatEdge(5.9, unit)} ${unit}`,
            })}
          </span>
        ))}
      </Sentences>
    </p>
  );
}
