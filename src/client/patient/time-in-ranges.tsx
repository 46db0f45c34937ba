import type { ReactNode } from "react";
import { bands } from "#glucose/bands.ts";
import { meetsGoal } from "#glucose/targets.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import {
  goalWords,
  type RangeRow,
  type TimeIn,
  timeInRangesView,
} from "#report/patient/time-in-ranges-view.ts";
import type { Messages } from "#words/messages.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { type Column, Table } from "../ui/table.tsx";
import { PeriodSection } from "./period-section.tsx";
import { Verdict } from "./statistic.tsx";
import { TargetBasis } from "./target-basis.tsx";
import classes from "./time-in-ranges.module.css";

interface TimeInRangesProps {
  data: PeriodData;
  timeIn: TimeIn;
  /** Whether there is enough data to say that a goal is met or not. */
  judged: boolean;
  /** Why these numbers say less than they seem to; empty where they do not. */
  note?: ReactNode;
}

/** Time in the five ranges: a bar, and the same numbers as a table with the goals. */
export function TimeInRanges({ data, timeIn, judged, note = "" }: TimeInRangesProps) {
  const t = useMessages("patient", "page");
  const define = useMessages("patient", "definitions");
  const { unit } = usePreferences();
  const { rows, tight } = timeInRangesView(data, timeIn, { t, unit });
  return (
    <PeriodSection
      id="time-in-ranges"
      name={t("timeInRanges")}
      definition={define("timeInRanges")}
      basis={data}
      className={classes.panel}
    >
      {note && (
        <p className={`${prose.small} ${layout.aboveXs} ${judged ? "" : prose.strong}`} role="note">
          {note}
        </p>
      )}
      <div className={classes.bar} aria-hidden="true">
        {bands.map((band) => (
          <span key={band} data-band={band} style={{ flexGrow: timeIn[band] }} />
        ))}
      </div>
      <Table
        className={classes.ranges}
        columns={columnsOf(t, unit, judged)}
        rows={rows}
        rowData={({ band }) => ({ "data-sum": band === null || undefined })}
      />
      <TargetBasis targets={data.targets} />
      {tight && (
        <p className={classes.tight}>
          {tight.name} {unit} <abbr className={classes.abbreviation}>TITR</abbr>
          {t("colon")}
          <strong>{t("percent", { value: tight.percent })}</strong>
        </p>
      )}
    </PeriodSection>
  );
}

const columnsOf = (t: Messages<"patient", "page">, unit: string, isJudged: boolean): Column<RangeRow>[] => [
  { key: "range", title: t("range"), cell: (row) => <RangeName row={row} /> },
  { key: "edges", title: unit, cell: ({ range }) => range },
  {
    key: "share",
    title: t("share"),
    cell: ({ percent }) => <strong>{t("percent", { value: percent })}</strong>,
  },
  {
    key: "goal",
    title: t("goal"),
    cell: ({ goal, share }) =>
      goal && (
        <>
          <span className={classes.goal}>{goalWords(goal, t)}</span>{" "}
          {isJudged && <Verdict isMet={meetsGoal(share, goal)} />}
        </>
      ),
  },
];

function RangeName({ row: { band, name, abbreviation } }: { row: RangeRow }) {
  return (
    <>
      {band && <span className={classes.swatch} data-band={band} aria-hidden="true" />}
      {name}
      {abbreviation && (
        <>
          {" "}
          <abbr className={classes.abbreviation}>{abbreviation}</abbr>
        </>
      )}
    </>
  );
}
