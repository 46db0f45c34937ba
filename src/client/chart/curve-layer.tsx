import { useId, useMemo } from "react";
import { axisMaxMmolL, type Band, bands, edgesMmolL } from "#glucose/bands.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import type { Reading } from "#glucose/reading.ts";
import { usePreferences } from "../preferences.ts";
import { formatDuration } from "../ui/time.ts";
import { placeArrows } from "./arrows.ts";
import { type Curve, gapsInWindow } from "./curve-model.ts";
import { curvePath, type Plot, warmUpPath, xOf, yOf } from "./curve-path.ts";
import classes from "./glucose-chart.module.css";
import { ArrowGlyph } from "./trend-arrow.tsx";
import { useChartWords } from "./words.ts";

interface CurveLayerProps {
  curve: Curve;
  readings: readonly Reading[];
  plot: Plot;
  nowMs: number;
}

const upperMmolL: Record<Band, number> = {
  "very-low": edgesMmolL.veryLow,
  low: edgesMmolL.low,
  // Values have one decimal: 10.0 is in range, 10.1 is high. The colour changes between them.
  "in-range": edgesMmolL.high + 0.05,
  high: edgesMmolL.veryHigh + 0.05,
  "very-high": axisMaxMmolL,
};

/** Two lines of text clear of the range's edges. */
const gapLabelMmolL = 7.6;

/** The curve, its gaps, warm-up dots and trend arrows, inside the frame that Recharts draws. */
export function CurveLayer({ curve, readings, plot, nowMs }: CurveLayerProps) {
  const id = useId();
  const { x, y, width, height, startMs, endMs } = plot;
  const drawn = useMemo(() => {
    const at = { x, y, width, height, startMs, endMs };
    return { ...curvePath(curve, at), warmUp: warmUpPath(curve, at), arrows: placeArrows(curve, at) };
  }, [curve, x, y, width, height, startMs, endMs]);
  if (width <= 1) return null;

  const stops = bands.map((band, i) => {
    const lower = i === 0 ? 0 : upperMmolL[bands[i - 1] ?? "very-low"];
    return { band, from: lower / axisMaxMmolL, to: upperMmolL[band] / axisMaxMmolL };
  });
  const latest = readings.at(-1);
  // The arrow of a reading that no longer speaks for now would say that it does.
  const arrows = drawn.arrows.filter(
    ({ timeMs }) => timeMs !== latest?.timeMs || freshnessOf(timeMs, nowMs) === "current",
  );
  return (
    <g>
      <defs>
        <linearGradient
          id={`${id}-bands`}
          gradientUnits="userSpaceOnUse"
          x1={0}
          x2={0}
          y1={y + height}
          y2={y}
        >
          {stops.flatMap(({ band, from, to }) => [
            <stop key={`${band} from`} offset={from} stopColor={`var(--band-${band})`} />,
            <stop key={`${band} to`} offset={to} stopColor={`var(--band-${band})`} />,
          ])}
        </linearGradient>
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
          <rect x={x} y={y - 4} width={width} height={height + 8} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}-plot)`}>
        <Gaps
          gaps={gapsInWindow(readings, curve, startMs, Math.min(endMs, nowMs))}
          plot={plot}
          fill={`url(#${id}-gap)`}
        />
        <path d={drawn.warmUp} className={classes.warmUp} />
        <path d={drawn.path} className={classes.curve} stroke={`url(#${id}-bands)`} data-testid="curve" />
        {drawn.clippedX.map((clippedX) => (
          <path key={clippedX} d={`M${clippedX - 5} ${y + 7}l5-7 5 7z`} fill="var(--band-very-high)" />
        ))}
        <g className={classes.arrows} data-testid="arrows">
          {arrows.map((arrow) => (
            <ArrowGlyph key={arrow.timeMs} {...arrow} />
          ))}
        </g>
        {latest && latest.timeMs >= startMs && latest.timeMs <= endMs && !latest.warmUp && (
          <circle
            cx={xOf(plot, latest.timeMs)}
            cy={yOf(plot, latest.valueMmolL)}
            r={3.5}
            className={classes.latest}
          />
        )}
      </g>
    </g>
  );
}

function Gaps({
  gaps,
  plot,
  fill,
}: {
  gaps: readonly { fromMs: number; toMs: number }[];
  plot: Plot;
  fill: string;
}) {
  const t = useChartWords();
  const { language } = usePreferences();
  return gaps.map(({ fromMs, toMs }) => {
    const left = xOf(plot, fromMs);
    const width = xOf(plot, toMs) - left;
    const duration = formatDuration(toMs - fromMs, language);
    return (
      <g key={fromMs} data-testid="gap">
        <rect x={left} y={plot.y} width={width} height={plot.height} fill={fill} />
        {width > 96 && (
          <text
            x={left + width / 2}
            y={yOf(plot, gapLabelMmolL)}
            textAnchor="middle"
            className={classes.gapLabel}
          >
            <tspan x={left + width / 2}>{t("noReadings")}</tspan>
            <tspan x={left + width / 2} dy="1.3em">
              {duration}
            </tspan>
          </text>
        )}
      </g>
    );
  });
}
