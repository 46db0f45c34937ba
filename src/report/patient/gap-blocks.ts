import type { Gap } from "#glucose/gaps.ts";
import { formatDuration } from "#words/time.ts";
import type { Block } from "../report.ts";
import { gapInWords, gapsView, printedGaps } from "./gaps-view.ts";
import type { PeriodData } from "./period-data.ts";
import type { PatientSpeech } from "./reported.ts";

/** The longest stretches without readings, and why. */
export function gapBlocks(
  { timeZone }: PeriodData,
  gaps: readonly Gap[],
  { details: t, curve: words, language }: PatientSpeech,
): Block[] {
  const count = gaps.length;
  const heading: Block = { kind: "heading", text: t("gaps") };
  if (count === 0) return [heading, { kind: "note", text: words("summaryGaps", { count }) }];
  const { newestFirst, printed, totalMs } = gapsView(gaps);
  return [
    heading,
    { kind: "note", text: t("gapsTotal", { count, duration: formatDuration(totalMs, language) }) },
    {
      kind: "lines",
      lines: newestFirst
        .filter((gap) => printed.has(gap))
        .map((gap) => {
          const { when, why } = gapInWords(gap, { words, language, timeZone });
          return { name: when, value: why, isMissing: false };
        }),
    },
    ...(count > printedGaps
      ? [{ kind: "note", text: t("gapsMore", { count: count - printedGaps }) } as const]
      : []),
  ];
}
