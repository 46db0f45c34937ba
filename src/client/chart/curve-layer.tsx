import { useId, useLayoutEffect, useRef } from "react";
import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { formatEdge, formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { formatAxisTime, formatDuration, formatShortDate } from "../ui/time.ts";
import { placeArrows } from "./arrows.ts";
import { BandGradient } from "./band-gradient.tsx";
import type { Curve } from "./curve-model.ts";
import { clippedLabels, curvePath, implausiblePath, warmUpPath } from "./curve-path.ts";
import classes from "./glucose-chart.module.css";
import { createLabelPool, type Label } from "./label-pool.ts";
import { type Area, xOf, yOf } from "./plot.ts";
import { timeTicks } from "./time-ticks.ts";
import { arrowPath } from "./trend-arrow.tsx";
import type { ViewStore } from "./view.ts";
import { gapWord, useChartWords } from "./words.ts";

interface CurveLayerProps {
  curve: Curve;
  gaps: readonly Gap[];
  latest: Reading | undefined;
  area: Area;
  view: ViewStore;
  timeZone: string;
  edges: Edges;
  unit: GlucoseUnit;
  nowMs: number;
  /** By which tests find the line: the one on screen and the one on paper are drawn apart. */
  testId: "curve" | "paper-curve";
}

/** Two lines of text clear of the range's edges. */
const gapLabelMmolL = 7.4;
const laneHeight = 4;
const tickWidth = 62;
/** A value and a little air. */
const clippedLabelWidth = 36;
/** Where two sensors follow each other closely, the first line alone is named. */
const sensorLabelWidth = 76;

/**
 * The curve, its gaps with their reasons, late uploads, sensor changes, warm-up dots, trend arrows and times, over the frame that
 * Recharts draws. It repaints itself, without React, in the animation frame after the window moved.
 */
export function CurveLayer(props: CurveLayerProps) {
  const { curve, gaps, latest, area, view, timeZone, edges, unit, nowMs, testId } = props;
  const t = useChartWords();
  const { language } = usePreferences();
  const id = useId();
  const root = useRef<SVGGElement>(null);
  const labels = useRef<ReturnType<typeof createLabelPool>>(null);

  useLayoutEffect(() => {
    const group = root.current;
    const labelGroup = group?.querySelector<SVGGElement>("[data-part=labels]");
    if (!group || !labelGroup) return;
    labels.current ??= createLabelPool(labelGroup);
    const part = (name: string) => group.querySelector(`[data-part=${name}]`);
    const parts = {
      grid: part("grid"),
      gaps: part("gaps"),
      late: part("late"),
      changes: part("changes"),
      warmUp: part("warm-up"),
      curve: part("curve"),
      clipped: part("clipped"),
      implausible: part("implausible"),
      arrows: part("arrows"),
      latest: part("latest"),
    };
    const top = area.y;
    const bottom = area.y + area.height;

    const paint = () => {
      const plot = { ...area, ...view.get() };
      const isIn = (timeMs: number) => timeMs >= plot.startMs && timeMs <= plot.endMs;
      const x = (timeMs: number) => xOf(plot, timeMs);
      const within = (timeMs: number) =>
        Math.min(area.x + area.width, Math.max(area.x, Math.round(x(timeMs) * 10) / 10));
      const texts: Label[] = [];

      let grid = `M${area.x} ${bottom}h${area.width}`;
      for (const { timeMs, isMidnight, offset } of timeTicks(
        plot.startMs,
        plot.endMs,
        timeZone,
        area.width,
        tickWidth,
      )) {
        const at = x(timeMs);
        grid += `M${at.toFixed(1)} ${top}V${bottom}`;
        texts.push({
          key: timeMs,
          x: Math.min(at, area.x + area.width - 14),
          y: bottom + 18,
          text: isMidnight
            ? formatShortDate(timeMs, timeZone, language)
            : formatAxisTime(timeMs, timeZone, language),
          className: isMidnight ? classes.dateLabel : classes.label,
        });
        if (offset)
          texts.push({
            key: `offset ${timeMs}`,
            x: at,
            y: bottom + 28,
            text: offset,
            className: classes.offsetLabel,
          });
      }
      let gapPath = "";
      for (const { fromMs, toMs, cause } of gaps) {
        if (toMs < plot.startMs || fromMs > plot.endMs) continue;
        const [left, right] = [within(fromMs), within(toMs)];
        gapPath += `M${left} ${top}H${right}V${bottom}H${left}Z`;
        const word = gapWord(t, cause);
        // About as wide as the words are: Chinese ones are fewer and broader.
        if (right - left < Math.max(90, word.length * (language === "en" ? 6.2 : 12) + 8)) continue;
        const middle = { x: (left + right) / 2, className: classes.gapLabel };
        const y = yOf(plot, gapLabelMmolL);
        texts.push({ key: `why ${fromMs}`, ...middle, y, text: word });
        const duration = formatDuration(toMs - fromMs, language);
        texts.push({ key: `long ${fromMs}`, ...middle, y: y + 15, text: duration });
      }
      let latePath = "";
      for (const { startMs, endMs } of curve.late)
        if (endMs >= plot.startMs && startMs <= plot.endMs)
          latePath += `M${within(startMs)} ${bottom - laneHeight / 2}H${Math.max(within(startMs) + 2, within(endMs))}`;
      let changePath = "";
      let namedToX = Number.NEGATIVE_INFINITY;
      for (const { timeMs } of curve.sensorChanges) {
        if (!isIn(timeMs)) continue;
        changePath += `M${x(timeMs).toFixed(1)} ${top}V${bottom}`;
        const at = Math.min(area.x + area.width - 32, Math.max(area.x + 32, x(timeMs)));
        if (at < namedToX) continue;
        namedToX = at + sensorLabelWidth;
        texts.push({
          key: `sensor ${timeMs}`,
          x: at,
          y: top + 10,
          text: t("newSensor"),
          className: classes.sensorLabel,
        });
      }
      const line = curvePath(curve, plot);
      for (const [i, { x: at, valueMmolL }] of clippedLabels(line, clippedLabelWidth).entries()) {
        const text = formatGlucose(valueMmolL, unit);
        texts.push({ key: `clipped ${i}`, x: at, y: top + 20, text, className: classes.gapLabel });
      }
      let arrows = "";
      for (const arrow of placeArrows(curve, plot)) {
        // The arrow of a reading that no longer speaks for now would say that it does.
        if (arrow.timeMs === latest?.timeMs && freshnessOf(arrow.timeMs, nowMs) !== "current") continue;
        arrows += arrowPath(arrow.trend, arrow.x, arrow.y);
      }
      const isLatestShown = latest && isIn(latest.timeMs) && !latest.warmUp;
      parts.grid?.setAttribute("d", grid);
      parts.gaps?.setAttribute("d", gapPath);
      parts.late?.setAttribute("d", latePath);
      parts.changes?.setAttribute("d", changePath);
      parts.warmUp?.setAttribute("d", warmUpPath(curve, plot));
      parts.curve?.setAttribute("d", line.path);
      parts.clipped?.setAttribute("d", line.clippedX.map((at) => `M${at - 5} ${top + 7}l5-7 5 7z`).join(""));
      parts.implausible?.setAttribute("d", implausiblePath(curve, plot));
      parts.arrows?.setAttribute("d", arrows);
      parts.latest?.setAttribute(
        "d",
        isLatestShown ? `M${x(latest.timeMs).toFixed(1)} ${yOf(plot, latest.valueMmolL).toFixed(1)}h0` : "",
      );
      labels.current?.(texts);
    };
    paint();
    return view.onFrame(paint);
  }, [curve, gaps, latest, area, view, timeZone, unit, language, nowMs, t]);

  const { x, y, width, height, topMmolL = axisMaxMmolL } = area;
  const usualTopY = yOf(area, axisMaxMmolL);
  return (
    <g ref={root}>
      <defs>
        <BandGradient id={`${id}-bands`} area={area} edges={edges} />
        <pattern
          id={`${id}-gap`}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line y2={6} stroke="var(--page-line)" strokeWidth={3} />
        </pattern>
        <clipPath id={`${id}-plot`}>
          <rect x={x} y={y - 4} width={width + 6} height={height + 8} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}-plot)`}>
        <path data-part="grid" className={classes.grid} />
        <path data-part="gaps" fill={`url(#${id}-gap)`} />
        <path data-part="late" className={classes.late} />
        <path data-part="changes" className={classes.change} />
        <path data-part="warm-up" className={classes.warmUp} />
        <path data-part="curve" data-testid={testId} className={classes.curve} stroke={`url(#${id}-bands)`} />
        <path data-part="clipped" fill="var(--band-very-high)" />
        <path data-part="implausible" className={classes.implausible} />
        <path data-part="arrows" className={classes.arrows} />
        <path data-part="latest" className={classes.latest} />
      </g>
      {topMmolL > axisMaxMmolL && (
        <>
          <path d={`M${x} ${usualTopY}h${width}`} className={classes.usualTop} />
          <text x={x + 6} y={usualTopY - 5} className={classes.usualTopLabel}>
            {t("tallAxis", {
              top: formatEdge(topMmolL, unit),
              usual: formatEdge(axisMaxMmolL, unit),
              unit,
            })}
          </text>
        </>
      )}
      <g data-part="labels" />
    </g>
  );
}
