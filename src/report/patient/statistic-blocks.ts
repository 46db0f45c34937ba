import { bands } from "#glucose/bands.ts";
import { meetsGoal } from "#glucose/targets.ts";
import { formatPair, formatSentences } from "#words/list.ts";
import type { Block, Fact, Row } from "../report.ts";
import { griDrawing } from "./gri-chart.ts";
import type { PeriodData } from "./period-data.ts";
import type { PatientSpeech } from "./reported.ts";
import { griOfPeriod, griStatistic, type ShownStatistic, statisticsView } from "./statistics-view.ts";
import { targetBasis } from "./target-basis.ts";
import { goalWords, type RangeRow, type TimeIn, timeInRangesView } from "./time-in-ranges-view.ts";

function goalOf({ goal, share }: RangeRow, isJudged: boolean, { page }: PatientSpeech): string {
  if (!goal) return "";
  const words = goalWords(goal, page);
  return isJudged
    ? `${words}${page("comma")}${page(meetsGoal(share, goal) ? "goalMet" : "goalMissed")}`
    : words;
}

/** Time in the five ranges: a bar, and the same numbers as a table with the goals. */
export function rangeBlocks(
  data: PeriodData,
  timeIn: TimeIn,
  isJudged: boolean,
  speech: PatientSpeech,
): Block[] {
  const { page: t, unit, language } = speech;
  const { rows, tight } = timeInRangesView(data, timeIn, { t, unit });
  const percentOf = (key: RangeRow["key"]) =>
    t("percent", { value: rows.find((row) => row.key === key)?.percent ?? "" });
  const parts = bands.map((band) => ({ band, share: timeIn[band], text: percentOf(band) }));
  return [
    { kind: "heading", text: t("timeInRanges") },
    {
      kind: "shares",
      alt: bands.map((band) => formatPair(t(`bandName.${band}`), percentOf(band), language)).join(t("comma")),
      parts,
    },
    {
      kind: "table",
      columns: [
        { title: t("range"), weight: 36 },
        { title: unit, weight: 20 },
        { title: t("share"), weight: 16 },
        { title: t("goal"), weight: 28 },
      ],
      rows: rows.map(
        (row): Row => ({
          band: row.band,
          isQuiet: row.band === null,
          cells: [
            { text: [row.name, row.abbreviation].filter(Boolean).join(" ") },
            { text: row.range ?? "" },
            { text: t("percent", { value: row.percent }), isStrong: true },
            { text: goalOf(row, isJudged, speech) },
          ],
        }),
      ),
    },
    {
      kind: "note",
      text: formatSentences(
        [
          ...targetBasis(data.targets, { t, unit }),
          ...(tight
            ? [`${tight.name} ${unit} TITR${t("colon")}${t("percent", { value: tight.percent })}`]
            : []),
        ],
        language,
      ),
    },
  ];
}

const factOf = ({ name, value, unit, also, note }: ShownStatistic): Fact => ({
  name,
  value: value ?? "–",
  unit: value === null ? "" : unit,
  also: also ?? null,
  note: note ?? null,
});

/** Mean, GMI, CV, SD, how much data there is, and the risk index with its place. */
export function statisticBlocks(
  data: PeriodData,
  { page: t, define, unit, language }: PatientSpeech,
): Block[] {
  const gri = griOfPeriod(data);
  return [
    { kind: "heading", text: t("metrics") },
    {
      kind: "facts",
      facts: [
        ...statisticsView(data, { t, define, unit, language }).map(factOf),
        ...(gri ? [{ ...factOf(griStatistic(gri, { t, define })), drawing: griDrawing(gri, t) }] : []),
      ],
    },
  ];
}
