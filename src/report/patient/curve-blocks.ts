import { axisMaxMmolL } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import { formatEdge } from "#glucose/units.ts";
import { formatSentences } from "#words/list.ts";
import { formatDate } from "#words/time.ts";
import { axisTopMmolL } from "../chart/axis.ts";
import { curveDrawing } from "../chart/curve-drawing.ts";
import { createCurve, daysOnceAsked } from "../chart/curve-model.ts";
import { curveSummary } from "../chart/curve-summary.ts";
import type { Block } from "../report.ts";
import type { PeriodData } from "./period-data.ts";
import type { PatientSpeech } from "./reported.ts";

/** The period's curve. */
export function curveBlocks(
  { readings, startMs, endMs, extentEndMs, timeZone, targets: { edges } }: PeriodData,
  gaps: readonly Gap[],
  { page, curve: t, unit, language }: PatientSpeech,
  nowMs: number,
): Block[] {
  const span = { startMs, endMs: extentEndMs };
  const topMmolL = axisTopMmolL(readings, span);
  const curve = createCurve(readings);
  const date = (timeMs: number) => formatDate(timeMs, timeZone, language);
  const words = { t, unit, language, timeZone };
  const alt = formatSentences(
    curveSummary({ readings, gaps, shown: span, topMmolL, timeZone }, words),
    language,
  );
  const drawing = curveDrawing(
    { curve, daysOf: daysOnceAsked(curve, timeZone), gaps, latest: readings.at(-1), nowMs },
    { span, topMmolL, edges, alt },
    words,
  );
  const caption = [
    unit,
    t("timesIn", { zone: timeZone }),
    ...(topMmolL > axisMaxMmolL
      ? [t("tallAxis", { top: formatEdge(topMmolL, unit), usual: formatEdge(axisMaxMmolL, unit), unit })]
      : []),
  ];
  return [
    { kind: "heading", text: page("curve", { from: date(startMs), to: date(endMs - 1) }) },
    { kind: "chart", drawing, legend: [] },
    { kind: "note", text: caption.join(" · ") },
  ];
}
