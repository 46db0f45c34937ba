import { memo } from "react";
import { axisMaxMmolL, isPlausible } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";
import { formatEdge, formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { isUsable } from "#glucose/usable.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { axisTopMmolL } from "./axis.ts";

interface ChartSummaryProps {
  readings: readonly Reading[];
  gaps: readonly Gap[];
  extent: Span;
  /** The part of it that the curve shows; null for all. */
  window: Span | null;
  timeZone: string;
  unit: GlucoseUnit;
}

/** The curve in a few sentences, for those who do not see it: what its section says first. */
export const ChartSummary = memo(function ChartSummary(props: ChartSummaryProps) {
  const { readings, gaps, extent, window, timeZone, unit } = props;
  const t = useMessages("chart", "curve");
  const { language } = usePreferences();
  const { startMs, endMs } = window ?? extent;
  const shown = inWindow(readings, startMs, endMs);
  const used = shown.filter(isUsable);
  const [first, last] = [used[0], used.at(-1)];
  if (!first || !last) {
    const isWarmUp = shown.some(({ warmUp }) => warmUp);
    return <p className={prose.unseen}>{t(isWarmUp ? "emptyWarmUp" : "empty")}</p>;
  }
  let [lowest, highest] = [first, first];
  for (const reading of used) {
    if (reading.valueMmolL < lowest.valueMmolL) lowest = reading;
    if (reading.valueMmolL > highest.valueMmolL) highest = reading;
  }
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const value = (valueMmolL: number) => `${formatGlucose(valueMmolL, unit)} ${unit}`;
  const implausible = shown.filter(({ valueMmolL }) => !isPlausible(valueMmolL)).length;
  const topMmolL = axisTopMmolL(readings, extent);
  return (
    <p className={prose.unseen}>
      <Sentences>
        {t("summary", {
          count: used.length,
          from: at(first.timeMs),
          to: at(last.timeMs),
          lowest: value(lowest.valueMmolL),
          lowestAt: at(lowest.timeMs),
          highest: value(highest.valueMmolL),
          highestAt: at(highest.timeMs),
        })}
        {topMmolL > axisMaxMmolL &&
          t("summaryAxis", { top: formatEdge(topMmolL, unit), usual: formatEdge(axisMaxMmolL, unit), unit })}
        {implausible > 0 && t("summaryImplausible", { count: implausible })}
        {t("summaryGaps", {
          count: gaps.filter(({ fromMs, toMs }) => toMs > startMs && fromMs < endMs).length,
        })}
      </Sentences>
    </p>
  );
});
