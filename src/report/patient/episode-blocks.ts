import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { formatDuration } from "#words/time.ts";
import type { Block, Row } from "../report.ts";
import { episodeInWords } from "./episode-words.ts";
import { blocks, type EpisodeRow, episodeRows, hoursOf, isPart, printedLows } from "./episodes-view.ts";
import type { PeriodData } from "./period-data.ts";
import type { PatientSpeech } from "./reported.ts";

/** When lows and highs began, how many there were and how long they typically lasted; and the worst lows. */
export function episodeBlocks(
  data: PeriodData,
  { details: t, unit, language }: PatientSpeech,
  nowMs: number,
): Block[] {
  const rows = episodeRows(data);
  const { timeZone } = data;
  const namesSensors = hoursOfTwoSensors(data.readings) > 0;
  const { kept, count } = printedLows(rows, data, nowMs);
  const rowOf = (row: EpisodeRow): Row => ({
    band: row.band,
    isQuiet: isPart(row),
    cells: [
      t(`of-${row.key}`),
      ...row.counts.map(String),
      String(row.episodes.length),
      row.medianMs === null ? "–" : formatDuration(row.medianMs, language),
    ].map((text) => ({ text })),
  });
  return [
    { kind: "heading", text: t("episodes") },
    {
      kind: "table",
      columns: [
        { title: t("kind"), weight: 32 },
        ...blocks.map((hour) => ({ title: hoursOf(hour), weight: 10 })),
        { title: t("total"), weight: 10 },
        { title: t("typically"), weight: 22 },
      ],
      rows: rows.map(rowOf),
    },
    { kind: "note", text: t("blocksIn", { zone: timeZone }) },
    ...(count > 0 ? [{ kind: "note", text: t("lowsPrinted", { count }) } as const] : []),
    {
      kind: "lines",
      lines: kept.map((episode) => {
        const words = { t, unit, language, timeZone, namesSensors };
        const { when, what, reached, facts } = episodeInWords(episode, words);
        const value = [what, ...(reached ? [reached] : []), facts].join(t("comma"));
        return { name: when, value, isMissing: false };
      }),
    },
    ...(count > kept.length
      ? [{ kind: "note", text: t("lowsMore", { count: count - kept.length }) } as const]
      : []),
  ];
}
