import { VisuallyHidden } from "@mantine/core";
import { memo } from "react";
import { axisMaxMmolL } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { formatEdge, formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime } from "../ui/time.ts";
import type { Curve } from "./curve-model.ts";
import type { Span } from "./plot.ts";
import { useChartWords } from "./words.ts";

interface ChartSummaryProps extends Span {
  curve: Curve;
  gaps: readonly Gap[];
  timeZone: string;
  unit: GlucoseUnit;
  topMmolL: number;
}

/** The curve in one sentence, for those who do not see it. */
export const ChartSummary = memo(function ChartSummary(props: ChartSummaryProps) {
  const { curve, gaps, startMs, endMs, timeZone, unit, topMmolL } = props;
  const t = useChartWords();
  const { language } = usePreferences();
  const { readings, valuesMmolL } = curve;
  const first = firstAtOrAfter(readings, startMs);
  const end = firstAtOrAfter(readings, endMs);
  if (first >= end) {
    const isWarmUp = curve.warmUp.some(({ timeMs }) => timeMs >= startMs && timeMs < endMs);
    return <VisuallyHidden component="p">{t(isWarmUp ? "emptyWarmUp" : "empty")}</VisuallyHidden>;
  }
  let [low, high] = [first, first];
  for (let i = first; i < end; i += 1) {
    const value = valuesMmolL[i] as number;
    if (value < (valuesMmolL[low] as number)) low = i;
    if (value > (valuesMmolL[high] as number)) high = i;
  }
  const [lowest, highest] = [readings[low] as Reading, readings[high] as Reading];
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const value = (valueMmolL: number) => `${formatGlucose(valueMmolL, unit)} ${unit}`;
  const implausible = curve.implausible.filter(({ timeMs }) => timeMs >= startMs && timeMs < endMs).length;
  const summary = t("summary", {
    count: end - first,
    from: at((readings[first] as Reading).timeMs),
    to: at((readings[end - 1] as Reading).timeMs),
    lowest: value(lowest.valueMmolL),
    lowestAt: at(lowest.timeMs),
    highest: value(highest.valueMmolL),
    highestAt: at(highest.timeMs),
  });
  return (
    <VisuallyHidden component="p">
      {summary} {topMmolL > axisMaxMmolL && t("summaryAxis", { top: formatEdge(topMmolL, unit), unit })}{" "}
      {implausible > 0 && t("summaryImplausible", { count: implausible })}{" "}
      {t("summaryGaps", {
        count: gaps.filter(({ fromMs, toMs }) => toMs > startMs && fromMs < endMs).length,
      })}
    </VisuallyHidden>
  );
});
