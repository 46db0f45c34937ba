import { axisMaxMmolL, isPlausible } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";
import { formatEdge, formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { isUsable } from "#glucose/usable.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatDateTime } from "#words/time.ts";

interface Summarized {
  readonly readings: readonly Reading[];
  readonly gaps: readonly Gap[];
  /** The part that the curve shows. */
  readonly shown: Span;
  /** Where the axis ends. */
  readonly topMmolL: number;
  readonly timeZone: string;
}

interface Words {
  readonly t: Messages<"chart", "curve">;
  readonly unit: GlucoseUnit;
  readonly language: Language;
}

/** Where an axis ends that had to grow; nothing of the usual one. */
export const axisSummary = (topMmolL: number, { t, unit }: Pick<Words, "t" | "unit">): string[] =>
  topMmolL > axisMaxMmolL
    ? [t("summaryAxis", { top: formatEdge(topMmolL, unit), usual: formatEdge(axisMaxMmolL, unit), unit })]
    : [];

/** A curve in a few sentences, for those who do not see it. */
export function curveSummary(
  { readings, gaps, shown: { startMs, endMs }, topMmolL, timeZone }: Summarized,
  { t, unit, language }: Words,
): string[] {
  const shown = inWindow(readings, startMs, endMs);
  const used = shown.filter(isUsable);
  const [first, last] = [used[0], used.at(-1)];
  if (!first || !last) return [t(shown.some(({ warmUp }) => warmUp) ? "emptyWarmUp" : "empty")];
  let [lowest, highest] = [first, first];
  for (const reading of used) {
    if (reading.valueMmolL < lowest.valueMmolL) lowest = reading;
    if (reading.valueMmolL > highest.valueMmolL) highest = reading;
  }
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const value = (valueMmolL: number) => `${formatGlucose(valueMmolL, unit)} ${unit}`;
  const implausible = shown.filter(({ valueMmolL }) => !isPlausible(valueMmolL)).length;
  return [
    t("summary", {
      count: used.length,
      from: at(first.timeMs),
      to: at(last.timeMs),
      lowest: value(lowest.valueMmolL),
      lowestAt: at(lowest.timeMs),
      highest: value(highest.valueMmolL),
      highestAt: at(highest.timeMs),
    }),
    ...axisSummary(topMmolL, { t, unit }),
    ...(implausible > 0 ? [t("summaryImplausible", { count: implausible })] : []),
    t("summaryGaps", {
      count: gaps.filter(({ fromMs, toMs }) => toMs > startMs && fromMs < endMs).length,
    }),
  ];
}
