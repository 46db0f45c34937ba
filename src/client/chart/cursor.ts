import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";
import { fitted } from "./view.ts";
import type { Place } from "./walk.ts";

/**
 * What is chosen on the curve, and the reading that is marked to be compared. Times, not
 * indices: readings may arrive before them.
 */
export interface Cursor {
  readonly place: Place | null;
  readonly pinnedMs: number | null;
}

export const nowhere: Cursor = { place: null, pinnedMs: null };

export type CursorMove =
  | { readonly type: "go"; readonly place: Place | null }
  /** Marks the reading that is chosen; once more, and the mark is gone. */
  | { readonly type: "pin" }
  /** Takes back the last of mark and choice. */
  | { readonly type: "back" };

export const readingAt = (readings: readonly Reading[], timeMs: number | null): Reading | undefined => {
  const reading = timeMs === null ? undefined : readings[firstAtOrAfter(readings, timeMs)];
  return reading?.timeMs === timeMs ? reading : undefined;
};

/** The reading that is chosen; a gap, a day or an episode is none. */
export const chosenReading = (readings: readonly Reading[], place: Place | null): Reading | undefined =>
  readingAt(readings, place?.level === "reading" ? place.timeMs : null);

/**
 * Which of the readings in view is chosen, as a slider counts them from 0. Where none is chosen it is the
 * last; one out of view is the nearest that is in it.
 */
export function sliderPosition(
  readings: readonly Reading[],
  place: Place | null,
  { startMs, endMs }: Span,
): { max: number; now: number; isEmpty: boolean } {
  const first = firstAtOrAfter(readings, startMs);
  const last = firstAtOrAfter(readings, endMs + 1) - 1;
  const reading = chosenReading(readings, place);
  const index = reading ? firstAtOrAfter(readings, reading.timeMs) : last;
  return {
    max: Math.max(0, last - first),
    now: Math.max(0, Math.min(index, last) - first),
    isEmpty: last < first,
  };
}

/** The cursor after a move. */
export function moveCursor(cursor: Cursor, move: CursorMove, readings: readonly Reading[]): Cursor {
  const { place, pinnedMs } = cursor;
  if (move.type === "go") return { place: move.place, pinnedMs };
  if (move.type === "back") return pinnedMs !== null ? { place, pinnedMs: null } : nowhere;
  const timeMs = chosenReading(readings, place)?.timeMs ?? null;
  return { place, pinnedMs: pinnedMs === timeMs ? null : timeMs };
}

/** Whether any of a place is seen in a window. */
export function isSeen(place: Place, { startMs, endMs }: Span): boolean {
  if (place.level === "view") return true;
  if (place.level === "reading") return place.timeMs >= startMs && place.timeMs <= endMs;
  return place.startMs < endMs && place.endMs > startMs;
}

const heardAroundMs = 15 * 60_000;

/**
 * What is played of a place: a day, or an episode or a gap with a little around it; null
 * where a place is no stretch of time.
 */
export function stretchOf(place: Place | null): Span | null {
  if (place === null || place.level === "view" || place.level === "reading") return null;
  const aroundMs = place.level === "day" ? 0 : heardAroundMs;
  return { startMs: place.startMs - aroundMs, endMs: place.endMs + aroundMs };
}

const spareShare = 0.1;

/** The window that a place is seen in; null when it is in view already. */
export function windowAround(place: Place, { startMs, endMs }: Span, extent: Span): Span | null {
  if (place.level === "view") return null;
  const [fromMs, toMs] =
    place.level === "reading" ? [place.timeMs, place.timeMs] : [place.startMs, place.endMs];
  if (fromMs >= startMs && toMs <= endMs) return null;
  const lengthMs = Math.max(endMs - startMs, (toMs - fromMs) * (1 + spareShare));
  const middleMs = (fromMs + toMs) / 2;
  return fitted({ startMs: middleMs - lengthMs / 2, endMs: middleMs + lengthMs / 2 }, extent);
}
