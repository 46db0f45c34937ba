import { memo } from "react";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import { axisTopMmolL } from "#report/chart/axis.ts";
import { curveSummary } from "#report/chart/curve-summary.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";

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
  const topMmolL = axisTopMmolL(readings, extent);
  const shown = window ?? extent;
  return (
    <p className={prose.unseen}>
      <Sentences>
        {curveSummary({ readings, gaps, shown, topMmolL, timeZone }, { t, unit, language })}
      </Sentences>
    </p>
  );
});
