import type { LocalDay } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import { minuteMs, type Span } from "#glucose/time.ts";
import { mergeReads, type Read } from "./merge-reads.ts";
import type { PeriodData } from "./period-data.ts";

/** A day up to the data's present. */
export const untilPresent = (day: LocalDay, nowMs: number): Span => ({
  startMs: day.startMs,
  endMs: Math.min(day.endMs, Math.ceil(nowMs / minuteMs) * minuteMs),
});

/** The part of a day that a period has. */
export const partWithin = (day: Span, { startMs, endMs }: Span): Span => ({
  startMs: Math.max(day.startMs, startMs),
  endMs: Math.min(day.endMs, endMs),
});

/** A period's readings, and what was read apart of a day that it has only a part of. */
export const withDayRead = (data: PeriodData, read: Read | undefined): readonly Reading[] =>
  mergeReads(
    { ...data, readings: inWindow(data.readings, data.startMs, data.endMs), unread: [], unreadable: [] },
    read,
  );
