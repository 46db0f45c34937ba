import { VisuallyHidden } from "@mantine/core";
import type { Reading } from "#glucose/reading.ts";
import { findGaps, inWindow } from "#glucose/series.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime } from "../ui/time.ts";
import { useChartWords } from "./words.ts";

interface ChartSummaryProps {
  readings: readonly Reading[];
  startMs: number;
  endMs: number;
  timeZone: string;
  unit: GlucoseUnit;
}

/** The curve in one sentence, for those who do not see it. */
export function ChartSummary({ readings, startMs, endMs, timeZone, unit }: ChartSummaryProps) {
  const t = useChartWords();
  const { language } = usePreferences();
  const shown = inWindow(readings, startMs, endMs);
  const measured = shown.filter((reading) => !reading.warmUp);
  const [head] = measured;
  if (!head) return <VisuallyHidden component="p">{t("empty")}</VisuallyHidden>;
  const lowest = measured.reduce((a, b) => (b.valueMmolL < a.valueMmolL ? b : a), head);
  const highest = measured.reduce((a, b) => (b.valueMmolL > a.valueMmolL ? b : a), head);
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const value = (valueMmolL: number) => `${formatGlucose(valueMmolL, unit)} ${unit}`;
  const summary = t("summary", {
    count: measured.length,
    from: at(startMs),
    to: at(endMs),
    lowest: value(lowest.valueMmolL),
    lowestAt: at(lowest.timeMs),
    highest: value(highest.valueMmolL),
    highestAt: at(highest.timeMs),
  });
  return (
    <VisuallyHidden component="p">
      {summary} {t("summaryGaps", { count: findGaps(shown).length })}
    </VisuallyHidden>
  );
}
