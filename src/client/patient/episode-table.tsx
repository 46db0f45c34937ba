import { blocks, type EpisodeRow, hoursOf, isPart } from "#report/patient/episodes-view.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatDuration } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import print from "../ui/print.module.css";
import { type Column, StackedTable } from "../ui/table.tsx";
import details from "./details.module.css";

interface EpisodeTableProps {
  rows: readonly EpisodeRow[];
  chosen: EpisodeRow["key"] | null;
  onChoose: (row: EpisodeRow) => void;
}

/** When lows and highs began, by time of day, how many there were, and how long they typically lasted. */
export function EpisodeTable({ rows, chosen, onChoose }: EpisodeTableProps) {
  const t = useMessages("details");
  const { language } = usePreferences();
  return (
    <StackedTable
      label={t("episodes")}
      isLabelled
      rows={rows}
      rowData={(row) => ({
        "data-chosen": chosen === row.key || undefined,
        "data-part": isPart(row) || undefined,
      })}
      columns={columnsOf(t, language, (row) => (
        <Total row={row} isChosen={chosen === row.key} onChoose={() => onChoose(row)} />
      ))}
    />
  );
}

const columnsOf = (
  t: Messages<"details">,
  language: Language,
  total: Column<EpisodeRow>["cell"],
): Column<EpisodeRow>[] => [
  {
    key: "kind",
    title: t("kind"),
    cell: ({ key, band }) => (
      <>
        <span className={details.swatch} data-band={band} aria-hidden="true" />
        {t(`of-${key}`)}
      </>
    ),
  },
  ...blocks.map(
    (hour, block): Column<EpisodeRow> => ({
      key: String(hour),
      title: hoursOf(hour),
      label: hoursOf(hour),
      cell: ({ counts }) => (counts[block] === 0 ? <span className={details.none}>0</span> : counts[block]),
    }),
  ),
  { key: "total", title: t("total"), label: t("total"), cell: total },
  {
    key: "typically",
    title: t("typically"),
    label: t("typically"),
    cell: ({ medianMs }) => (medianMs === null ? "–" : formatDuration(medianMs, language)),
  },
];

interface TotalProps {
  row: EpisodeRow;
  isChosen: boolean;
  onChoose: () => void;
}

/** How many there were; on the screen it lists these only. */
function Total({ row: { key, episodes }, isChosen, onChoose }: TotalProps) {
  const t = useMessages("details");
  const count = episodes.length;
  if (count === 0) return <span>0</span>;
  return (
    <>
      <Button
        variant={isChosen ? "filled" : "default"}
        size="compact-sm"
        className={print.screenOnly}
        aria-pressed={isChosen}
        aria-label={t("listKind", { kind: t(`episode.${key}`), count })}
        onClick={onChoose}
      >
        {count}
      </Button>
      <span className={print.printOnly}>{count}</span>
    </>
  );
}
