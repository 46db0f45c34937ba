import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { bandOf } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime, formatDuration } from "../ui/time.ts";
import { type Plot, xOf, yOf } from "./curve-path.ts";
import classes from "./glucose-chart.module.css";
import { bandWord, trendWord, useChartWords } from "./words.ts";

interface CrosshairProps {
  readings: readonly Reading[];
  plot: Plot;
  timeZone: string;
  unit: GlucoseUnit;
  children: ReactNode;
}

const reachPx = 24;
const pageStep = 20;

/** What one reading says, in words: value, band, trend, time, sensor, and how late it came. */
function useDescription(timeZone: string, unit: GlucoseUnit): (reading: Reading) => string[] {
  const t = useChartWords();
  const { language } = usePreferences();
  return ({ valueMmolL, warmUp, trend, timeMs, sensor, uploadDelayMin }) => {
    const words = [formatDateTime(timeMs, timeZone, language), `${formatGlucose(valueMmolL, unit)} ${unit}`];
    words.push(warmUp ? t("warmUp") : bandWord(t, bandOf(valueMmolL)));
    if (!warmUp) words.push(trendWord(t, trendOf(trend), trend));
    words.push(t("sensor", { serial: sensor }));
    if (uploadDelayMin !== null && uploadDelayMin >= 2)
      words.push(t("late", { duration: formatDuration(uploadDelayMin * 60_000, language) }));
    return words;
  };
}

/** Reads single values off the curve, by pointer, touch or keyboard, without the chart being drawn anew. */
export function Crosshair({ readings, plot, timeZone, unit, children }: CrosshairProps) {
  const t = useChartWords();
  const describe = useDescription(timeZone, unit);
  const [timeMs, setTimeMs] = useState<number | null>(null);
  const first = firstAtOrAfter(readings, plot.startMs);
  const last = firstAtOrAfter(readings, plot.endMs + 1) - 1;
  const found = timeMs === null ? -1 : firstAtOrAfter(readings, timeMs);
  const index = found >= first && found <= last ? found : -1;
  const reading = index < 0 ? undefined : readings[index];

  const pointAt = (event: PointerEvent<HTMLElement>) => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const msPerPx = (plot.endMs - plot.startMs) / plot.width;
    const pointedMs = plot.startMs + (px - plot.x) * msPerPx;
    const after = firstAtOrAfter(readings, pointedMs);
    const near = [readings[after - 1], readings[after]]
      .filter((candidate): candidate is Reading => candidate !== undefined)
      .sort((a, b) => Math.abs(a.timeMs - pointedMs) - Math.abs(b.timeMs - pointedMs))[0];
    setTimeMs(near && Math.abs(near.timeMs - pointedMs) <= reachPx * msPerPx ? near.timeMs : null);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = index < 0 ? last : index;
    const step = event.shiftKey ? pageStep : 1;
    const to = {
      ArrowLeft: index < 0 ? last : at - step,
      ArrowRight: at + step,
      PageDown: at - pageStep,
      PageUp: at + pageStep,
      Home: first,
      End: last,
    }[event.key];
    if (event.key === "Escape") setTimeMs(null);
    if (to === undefined || last < first) return;
    event.preventDefault();
    setTimeMs(readings[Math.min(last, Math.max(first, to))]?.timeMs ?? null);
  };

  const words = reading ? describe(reading) : null;
  return (
    <>
      <p className={classes.readout} data-empty={!words || undefined}>
        {words ? (
          <>
            <strong>{words[1]}</strong> {words.slice(2, 4).join(", ")} <span>{words[0]}</span>{" "}
            <small>{words.slice(4).join(" · ")}</small>
          </>
        ) : last < first ? (
          t("empty")
        ) : (
          t("readHint")
        )}
      </p>
      <div
        className={classes.overlay}
        role="slider"
        tabIndex={0}
        aria-label={t("walk")}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last - first)}
        aria-valuenow={index < 0 ? Math.max(0, last - first) : index - first}
        aria-valuetext={words?.join(", ") ?? t("readHint")}
        onKeyDown={onKeyDown}
        onPointerMove={pointAt}
        onPointerDown={pointAt}
        onPointerLeave={(event) => event.pointerType === "mouse" && setTimeMs(null)}
      >
        {children}
        {reading && (
          <svg className={classes.crosshair} aria-hidden="true">
            <line
              x1={xOf(plot, reading.timeMs)}
              x2={xOf(plot, reading.timeMs)}
              y1={plot.y}
              y2={plot.y + plot.height}
            />
            <circle cx={xOf(plot, reading.timeMs)} cy={yOf(plot, reading.valueMmolL)} r={5} />
          </svg>
        )}
      </div>
    </>
  );
}
