import { gapsOf } from "#glucose/gaps.ts";
import { localDayOf, localDays } from "#glucose/local-time.ts";
import { inWindow } from "#glucose/series.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import type { Span } from "#glucose/time.ts";
import { formatSentences } from "#words/list.ts";
import { axisTopMmolL } from "../chart/axis.ts";
import { createCurve } from "../chart/curve-model.ts";
import { axisSummary, curveSummary } from "../chart/curve-summary.ts";
import type { Block, Tile } from "../report.ts";
import { dayDrawing } from "./day-chart.ts";
import { dayLines, dayName, dayRange, isCutDay, printedDays } from "./day-tile-view.ts";
import { partOfDay } from "./day-view.ts";
import type { PatientSpeech, Reported } from "./reported.ts";
import { partWithin, untilPresent, withDayRead } from "./whole-day.ts";

/** The last days of the period from midnight to midnight; one that it only has a part of was read whole. */
export function dayBlocks(reported: Reported, speech: PatientSpeech, nowMs: number): Block[] {
  const { data, gaps, dayReads } = reported;
  const { details: t, curve: words, unit, language } = speech;
  const { readings, startMs, endMs, timeZone, targets, lives } = data;
  const { edges } = targets;
  const days = localDays(startMs, endMs, timeZone);
  const topMmolL = axisTopMmolL(readings, { startMs, endMs });
  const ofPeriod = createCurve(readings);

  function tileOf(part: Span): Tile {
    const whole = localDayOf(part.startMs, timeZone);
    const isCut = isCutDay(part, data, nowMs);
    const read = dayReads.get(whole.startMs);
    const own = isCut ? withDayRead(data, read) : readings;
    const toPresent = untilPresent(whole, nowMs);
    const day = isCut ? (read ? toPresent : partWithin(toPresent, data)) : part;
    const statistics = statisticsOf(own, day, edges, lives);
    const range = dayRange(own, day, unit);
    const curve = own === readings ? ofPeriod : createCurve(own);
    const dayGaps = isCut
      ? gapsOf(inWindow(own, day.startMs, day.endMs), day, lives, [], read?.unreadable)
      : gaps;
    const shown = { readings: own, gaps: dayGaps, shown: day, topMmolL, timeZone };
    return {
      name: dayName(part, timeZone, language),
      part: partOfDay(day, timeZone, language),
      drawing: dayDrawing(
        curve,
        { day, whole, topMmolL, edges },
        formatSentences(curveSummary(shown, { t: words, unit, language }), language),
      ),
      texts: [
        ...(statistics.timeIn ? [] : [t("reading.none")]),
        ...dayLines({ day, whole, statistics }, t, language),
        ...(range ? [`${range} ${unit}`] : []),
      ],
    };
  }

  const notes = [
    t("daysNote", { zone: timeZone }),
    ...(days.length > printedDays ? [t("daysPrinted", { count: printedDays })] : []),
    ...axisSummary(topMmolL, { t: words, unit }),
  ];
  return [
    { kind: "heading", text: t("days") },
    { kind: "note", text: formatSentences(notes, language) },
    { kind: "tiles", tiles: days.slice(-printedDays).map(tileOf) },
  ];
}
