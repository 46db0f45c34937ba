import type { Gap } from "#glucose/gaps.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatAxisTime, formatDuration, formatShortDate, shownLengthMs } from "#words/time.ts";
import type { Taken } from "./arrows.ts";
import type { Curve } from "./curve-model.ts";
import { clippedLabels } from "./curve-path.ts";
import type { Label } from "./label.ts";
import { type Plot, xOf, yOf } from "./plot.ts";
import { timeTicks } from "./time-ticks.ts";
import { gapWord } from "./words.ts";

type Words = Messages<"chart", "curve">;
export interface LabelWords {
  readonly t: Words;
  readonly language: Language;
  readonly unit: GlucoseUnit;
  readonly timeZone: string;
}

// Lengths in px are of text of the usual size; a plot says how much larger its reader has set it.
/** Two lines of text clear of the range's edges. */
const gapLabelMmolL = 7.4;
const leastGapLabelPx = 90;
const tickWidth = 62;
/** A value and a little air. */
const clippedLabelWidth = 36;
const lineHeight = 15;
/** Where two sensors follow each other closely, the first line alone is named. */
const sensorLabelWidth = 76;
const serialLabelWidth = 130;

export const withinPlot = (plot: Plot, timeMs: number): number =>
  Math.min(plot.x + plot.width, Math.max(plot.x, Math.round(xOf(plot, timeMs) * 10) / 10));

/** Grid lines at round local times, each with its time or date below the plot. */
export function timeGrid(plot: Plot, { language, timeZone }: LabelWords): { grid: string; texts: Label[] } {
  const bottom = plot.y + plot.height;
  const { textScale = 1 } = plot;
  const texts: Label[] = [];
  let grid = `M${plot.x} ${bottom}h${plot.width}`;
  for (const tick of timeTicks(plot.startMs, plot.endMs, timeZone, plot.width, tickWidth * textScale)) {
    const { timeMs, isMidnight, offset } = tick;
    const at = xOf(plot, timeMs);
    grid += `M${at.toFixed(1)} ${plot.y}V${bottom}`;
    texts.push({
      key: timeMs,
      x: Math.min(at, plot.x + plot.width - 14 * textScale),
      y: bottom + 18 * textScale,
      text: isMidnight
        ? formatShortDate(timeMs, timeZone, language)
        : formatAxisTime(timeMs, timeZone, language),
      role: isMidnight ? "date" : "time",
    });
    if (offset)
      texts.push({
        key: `offset ${timeMs}`,
        x: at,
        y: bottom + 28 * textScale,
        text: offset,
        role: "offset",
      });
  }
  return { grid, texts };
}

/** Gaps as areas, with their reason and length where there is room. */
export function gapAreas(
  gaps: readonly Gap[],
  plot: Plot,
  { t, language }: LabelWords,
): { areas: string; texts: Label[] } {
  const { textScale = 1 } = plot;
  const texts: Label[] = [];
  let areas = "";
  for (const { fromMs, toMs, cause } of gaps) {
    if (toMs < plot.startMs || fromMs > plot.endMs) continue;
    const [left, right] = [withinPlot(plot, fromMs), withinPlot(plot, toMs)];
    areas += `M${left} ${plot.y}H${right}V${plot.y + plot.height}H${left}Z`;
    // Words are not looked for where there is no room for any.
    if (right - left < leastGapLabelPx * textScale) continue;
    const word = gapWord(t, cause);
    const duration =
      toMs > plot.endMs || fromMs < plot.startMs
        ? t("gapInAll", { duration: formatDuration(shownLengthMs(fromMs, toMs), language) })
        : formatDuration(shownLengthMs(fromMs, toMs), language);
    // About as wide as the words are: Chinese ones are fewer and broader.
    const perLetter = language === "en" ? 6.2 : 12;
    if (right - left < (Math.max(word.length, duration.length) * perLetter + 8) * textScale) continue;
    const middle = { x: (left + right) / 2, role: "gap" } as const;
    const y = yOf(plot, gapLabelMmolL);
    texts.push({ key: `why ${fromMs}`, ...middle, y, text: word });
    texts.push({ key: `long ${fromMs}`, ...middle, y: y + lineHeight * textScale, text: duration });
  }
  return { areas, texts };
}

/** Where a sensor's readings begin; where two measured at once, named by its serial number. */
export function sensorMarks(
  { sensorChanges, tracks }: Curve,
  plot: Plot,
  { t }: LabelWords,
): { lines: string; texts: Label[] } {
  const { textScale = 1 } = plot;
  const texts: Label[] = [];
  const isSeveral = tracks.length > 1;
  const width = (isSeveral ? serialLabelWidth : sensorLabelWidth) * textScale;
  let lines = "";
  let namedToX = Number.NEGATIVE_INFINITY;
  for (const { timeMs, sensor } of sensorChanges) {
    if (timeMs < plot.startMs || timeMs > plot.endMs) continue;
    const at = xOf(plot, timeMs);
    const isAtEnd = at + width > plot.x + plot.width;
    const isNamed = (isAtEnd ? at - width : at) >= namedToX;
    // The line of a label reaches up beside it.
    lines += `M${at.toFixed(1)} ${isNamed ? plot.y - 16 * textScale : plot.y}V${plot.y + plot.height}`;
    if (!isNamed) continue;
    namedToX = isAtEnd ? at : at + width;
    texts.push({
      key: `sensor ${timeMs}`,
      x: at + (isAtEnd ? -4 * textScale : 4 * textScale),
      y: plot.y - 6 * textScale,
      anchor: isAtEnd ? "end" : "start",
      text: isSeveral ? t("sensor", { serial: sensor }) : t("newSensor"),
      role: "sensor",
    });
  }
  return { lines, texts };
}

/** Values above the axis, and what room they take. */
export function clippedValues(
  clipped: { clippedX: number[]; clippedMmolL: number[] },
  plot: Plot,
  { unit }: LabelWords,
): { marks: string; texts: Label[]; taken: Taken[] } {
  const { textScale = 1 } = plot;
  const width = clippedLabelWidth * textScale;
  const labels = clippedLabels(clipped, width);
  return {
    marks: clipped.clippedX.map((at) => `M${at - 5} ${plot.y + 7}l5-7 5 7z`).join(""),
    texts: labels.map(({ x, valueMmolL }, i) => ({
      key: `clipped ${i}`,
      x,
      y: plot.y + 8 + 12 * textScale,
      text: formatGlucose(valueMmolL, unit),
      role: "gap",
    })),
    taken: labels.map(({ x }) => ({
      left: x - width / 2,
      right: x + width / 2,
      top: plot.y,
      bottom: plot.y + 8 + 16 * textScale,
    })),
  };
}
