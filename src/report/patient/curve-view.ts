import type { Episode } from "#glucose/episodes.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import { isUpToDays, type PeriodData } from "./period-data.ts";

export const readingsInPeriod = ({ readings, startMs, endMs }: PeriodData): Reading[] =>
  inWindow(readings, startMs, endMs);

/** A curve of more days is a block on paper; the profile and the days tell those. */
export const isPrinted = (data: PeriodData): boolean =>
  data.statistics.n > 0 && isUpToDays(data, 3, data.timeZone);

/** Lows and highs as the curve goes through them. */
export const inTimeOrder = ({ low, high }: PeriodData["episodes"]): Episode[] =>
  [...low, ...high].sort((a, b) => a.startMs - b.startMs);
