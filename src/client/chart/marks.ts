import type { Reading } from "#glucose/reading.ts";
import { type Plot, xOf, yOf } from "./plot.ts";
import type { Place } from "./walk.ts";

/** What stands over the curve: the stretch that is chosen, the marked reading, the one read, and how far the sound is. */
export const markNames = ["span", "pinned", "at", "playing"] as const;

interface Marked {
  readonly at: Place | null;
  readonly pinnedMs: number | null;
  readonly readingAt: (timeMs: number | null) => Reading | undefined;
}

/** Moves the marks to where they stand in a window. The sound moves its own. */
export function paintMarks(root: HTMLElement | null, plot: Plot, { at, pinnedMs, readingAt }: Marked): void {
  const markOf = (name: (typeof markNames)[number]) =>
    root?.querySelector<HTMLElement>(`[data-mark=${name}]`) ?? null;
  const isShown = (timeMs: number) => timeMs >= plot.startMs && timeMs <= plot.endMs;
  const readings = { at: at?.level === "reading" ? at.timeMs : null, pinned: pinnedMs };
  for (const name of ["at", "pinned"] as const) {
    const mark = markOf(name);
    const dot = mark?.firstElementChild as HTMLElement | null | undefined;
    if (!mark || !dot) continue;
    const reading = readingAt(readings[name]);
    mark.style.visibility = reading && isShown(reading.timeMs) ? "visible" : "hidden";
    if (!reading || !isShown(reading.timeMs)) continue;
    mark.style.transform = `translateX(${xOf(plot, reading.timeMs).toFixed(1)}px)`;
    dot.style.transform = `translateY(${(yOf(plot, reading.valueMmolL) - plot.y).toFixed(1)}px)`;
  }
  const span = markOf("span");
  if (!span) return;
  const chosen = at && at.level !== "view" && at.level !== "reading" ? at : null;
  const [startMs, endMs] = chosen
    ? [Math.max(chosen.startMs, plot.startMs), Math.min(chosen.endMs, plot.endMs)]
    : [0, 0];
  span.style.visibility = endMs > startMs ? "visible" : "hidden";
  if (endMs <= startMs) return;
  span.style.transform = `translateX(${xOf(plot, startMs).toFixed(1)}px)`;
  span.style.width = `${Math.max(2, xOf(plot, endMs) - xOf(plot, startMs)).toFixed(1)}px`;
}
