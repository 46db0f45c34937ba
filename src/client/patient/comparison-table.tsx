import { goalWords } from "#report/patient/time-in-ranges-view.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import table from "../ui/table.module.css";
import { type Column, StackedTable } from "../ui/table.tsx";
import {
  type ComparedCell,
  type ComparedRow,
  comparedRows,
  type ShownSide,
  shownSides,
  whyWithheld,
} from "./comparison-view.ts";
import type { DetailsProps } from "./details-props.ts";
import { Verdict } from "./statistic.tsx";
import type { Compared } from "./use-comparison.ts";

interface ComparisonTableProps extends Pick<DetailsProps, "data" | "shownZone" | "nowMs"> {
  compared: Compared;
}

/** Two sides beside each other, the earlier on the left, with their differences, or why there are none. */
export function ComparisonTable({ data, compared, shownZone, nowMs }: ComparisonTableProps) {
  const t = useMessages("details");
  const names = useMessages("patient", "page");
  const { unit, language } = usePreferences();
  const { targets, lives, timeZone } = data;
  const sides = shownSides(compared, { targets, lives, timeZone, shownZone, nowMs, language });
  const why = whyWithheld(sides, { t, language });
  const sideColumn = (index: 0 | 1): Column<ComparedRow> => ({
    key: String(index),
    title: <SideName {...sides[index]} />,
    cell: ({ cells }) => <Cell {...cells[index]} />,
  });
  const columns: Column<ComparedRow>[] = [
    { key: "metric", title: t("metric"), cell: (row) => <MetricName row={row} /> },
    sideColumn(0),
    sideColumn(1),
    {
      key: "difference",
      title: t("differenceColumn"),
      label: t("differenceColumn"),
      cell: ({ difference }) => <span className={table.amount}>{difference}</span>,
    },
  ];
  return (
    <>
      {why.length > 0 && (
        <p className={`${prose.small} ${prose.strong} ${layout.aboveSm}`} role="note">
          <Sentences>{why}</Sentences>
        </p>
      )}
      <StackedTable
        label={t("metric")}
        isWide
        columns={columns}
        rows={comparedRows(sides, targets, { t, names, unit })}
      />
      {sides.some(({ isDenseEnough }) => !isDenseEnough) && (
        <p className={prose.small}>{t("compareLittle")}</p>
      )}
      {sides.some(({ isLongEnough }) => !isLongEnough) && <p className={prose.small}>{t("compareShort")}</p>}
    </>
  );
}

function SideName({ sensor, from, to }: ShownSide) {
  const t = useMessages("details");
  return (
    <>
      {sensor && <strong>{t("field.sensor", { serial: sensor.serial })} </strong>}
      <span className={table.line}>{from} –</span> <span className={table.line}>{to}</span>
    </>
  );
}

function MetricName({ row: { name, goal } }: { row: ComparedRow }) {
  const names = useMessages("patient", "page");
  return (
    <Sentences>
      {name}
      {goal && <span className={table.line}>{names("goalOf", { goal: goalWords(goal, names) })}</span>}
    </Sentences>
  );
}

function Cell({ text, meets }: ComparedCell) {
  return (
    <>
      <span className={table.amount}>{text}</span> {meets !== null && <Verdict isMet={meets} />}
    </>
  );
}
