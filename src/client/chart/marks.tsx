import { type Ref, useImperativeHandle, useRef } from "react";
import type { Reading } from "#glucose/reading.ts";
import { type Area, type Plot, xOf, yOf } from "#report/chart/plot.ts";
import { type Cursor, chosenReading, readingAt } from "./cursor.ts";
import classes from "./glucose-chart.module.css";

export type PaintMarks = (plot: Plot, cursor: Cursor, readings: readonly Reading[]) => void;

interface MarksProps {
  area: Area;
  /** Moves the marks to where they stand in a plot. The sound moves its own. */
  ref: Ref<PaintMarks>;
}

/**
 * What stands over the curve: the stretch that is chosen, the marked reading,
 * the one read, and how far the sound is.
 */
const markNames = ["span", "pinned", "at", "playing"] as const;

export function Marks({ area, ref }: MarksProps) {
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => (plot, { place, pinnedMs }, readings) => {
    const markOf = (name: (typeof markNames)[number]) =>
      root.current?.querySelector<HTMLElement>(`[data-mark=${name}]`) ?? null;
    paintReading(markOf("at"), plot, chosenReading(readings, place));
    paintReading(markOf("pinned"), plot, readingAt(readings, pinnedMs));
    paintSpan(
      markOf("span"),
      plot,
      place && place.level !== "view" && place.level !== "reading" ? place : null,
    );
  });
  return (
    <div className={classes.marks} ref={root} aria-hidden="true">
      {markNames.map((name) => (
        <div key={name} data-mark={name} style={{ top: area.y, height: area.height }}>
          <span className={classes.markDot} />
        </div>
      ))}
    </div>
  );
}

function paintReading(mark: HTMLElement | null, plot: Plot, reading: Reading | undefined): void {
  const dot = mark?.firstElementChild as HTMLElement | null | undefined;
  if (!mark || !dot) return;
  const isShown = reading && reading.timeMs >= plot.startMs && reading.timeMs <= plot.endMs;
  mark.style.visibility = isShown ? "visible" : "hidden";
  if (!isShown) return;
  mark.style.transform = `translateX(${xOf(plot, reading.timeMs).toFixed(1)}px)`;
  dot.style.transform = `translateY(${(yOf(plot, reading.valueMmolL) - plot.y).toFixed(1)}px)`;
}

function paintSpan(
  mark: HTMLElement | null,
  plot: Plot,
  chosen: { startMs: number; endMs: number } | null,
): void {
  if (!mark) return;
  const [startMs, endMs] = chosen
    ? [Math.max(chosen.startMs, plot.startMs), Math.min(chosen.endMs, plot.endMs)]
    : [0, 0];
  mark.style.visibility = endMs > startMs ? "visible" : "hidden";
  if (endMs <= startMs) return;
  mark.style.transform = `translateX(${xOf(plot, startMs).toFixed(1)}px)`;
  mark.style.width = `${Math.max(2, xOf(plot, endMs) - xOf(plot, startMs)).toFixed(1)}px`;
}
