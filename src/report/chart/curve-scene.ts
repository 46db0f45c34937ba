import { freshnessOf } from "#glucose/freshness.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { arrowPath } from "./arrow-path.ts";
import { type PlacedArrow, placeArrows, type Taken } from "./arrows.ts";
import {
  clippedValues,
  gapAreas,
  type LabelWords,
  sensorMarks,
  timeGrid,
  withinPlot,
} from "./curve-labels.ts";
import type { Curve, DaysOf } from "./curve-model.ts";
import { curvePath, implausiblePath, warmUpPath } from "./curve-path.ts";
import { dayBars, isByDay } from "./day-bars.ts";
import type { Label } from "./label.ts";
import { type Plot, xOf, yOf } from "./plot.ts";

/** What the curve is drawn from, whichever part of it a plot shows. */
export interface CurveModel {
  readonly curve: Curve;
  /** Each local day's range and median, for windows too long for single readings. */
  readonly daysOf: DaysOf;
  readonly gaps: readonly Gap[];
  readonly latest: Reading | undefined;
  readonly nowMs: number;
}

/** The paths of a drawing, from the lowest to the uppermost. */
export const layerNames = [
  "grid",
  "days",
  "medians",
  "holes",
  "gaps",
  "late",
  "changes",
  "warm-up",
  "curve",
  "very-low",
  "second",
  "second-core",
  "clipped",
  "implausible",
  "arrows",
  "latest",
] as const;
type LayerName = (typeof layerNames)[number];

/** One drawing of the curve: SVG path data by layer, and the texts over them. */
export interface CurveScene {
  readonly paths: Readonly<Record<LayerName, string>>;
  readonly labels: readonly Label[];
}

const laneHeight = 4;

function latePath({ late }: Curve, plot: Plot): string {
  const y = plot.y + plot.height - laneHeight / 2;
  let path = "";
  for (const { startMs, endMs } of late) {
    if (endMs < plot.startMs || startMs > plot.endMs) continue;
    const left = withinPlot(plot, startMs);
    path += `M${left} ${y}H${Math.max(left + 2, withinPlot(plot, endMs))}`;
  }
  return path;
}

function arrowsPath({ curve, latest, nowMs }: CurveModel, plot: Plot, taken: readonly Taken[]): string {
  // The arrow of a reading that no longer speaks for now would say that it does.
  const speaks = ({ timeMs }: PlacedArrow) =>
    timeMs !== latest?.timeMs || freshnessOf(timeMs, nowMs) === "current";
  return placeArrows(curve, plot, taken)
    .filter(speaks)
    .map(({ trend, x, y }) => arrowPath(trend, x, y))
    .join("");
}

function latestPath(latest: Reading | undefined, plot: Plot): string {
  if (!latest || latest.warmUp || latest.timeMs < plot.startMs || latest.timeMs > plot.endMs) return "";
  return `M${xOf(plot, latest.timeMs).toFixed(1)} ${yOf(plot, latest.valueMmolL).toFixed(1)}h0`;
}

/**
 * What a plot shows: the curve, or each day's range where days are too narrow for it, its gaps with their
 * reasons, late uploads, sensor changes, warm-up dots, trend arrows and times.
 */
export function curveScene(model: CurveModel, plot: Plot, words: LabelWords): CurveScene {
  const { curve, daysOf, gaps, latest } = model;
  const byDay = isByDay(plot, plot);
  const [first, ...others] = byDay ? [] : curve.tracks;
  const time = timeGrid(plot, words);
  const gap = gapAreas(gaps, plot, words);
  const sensors = sensorMarks(curve, plot, words);
  const line = curvePath({ tracks: first ? [first] : [] }, plot);
  const second = curvePath({ tracks: others }, plot);
  const bars = dayBars(byDay ? daysOf() : [], plot);
  const aboveAxis = {
    clippedX: [...bars.clippedX, ...line.clippedX, ...second.clippedX],
    clippedMmolL: [...bars.clippedMmolL, ...line.clippedMmolL, ...second.clippedMmolL],
  };
  const clipped = clippedValues(aboveAxis, plot, words);
  return {
    paths: {
      grid: time.grid,
      days: bars.bars,
      medians: bars.medians,
      // A gap stays a gap where a day's bar would stand over it.
      holes: byDay ? gap.areas : "",
      gaps: gap.areas,
      late: latePath(curve, plot),
      changes: sensors.lines,
      "warm-up": warmUpPath(curve, plot),
      curve: line.path,
      "very-low": line.path,
      second: second.path,
      "second-core": second.path,
      clipped: clipped.marks,
      implausible: implausiblePath(curve, plot),
      arrows: byDay ? "" : arrowsPath(model, plot, clipped.taken),
      latest: byDay ? "" : latestPath(latest, plot),
    },
    labels: [...time.texts, ...gap.texts, ...sensors.texts, ...clipped.texts],
  };
}
