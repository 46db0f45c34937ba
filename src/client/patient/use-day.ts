import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Gap, gapsOf, type UnreadableRecord } from "#glucose/gaps.ts";
import { isOneLocalDay, type LocalDay, localDayOf } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import { type Statistics, statisticsOf } from "#glucose/statistics.ts";
import type { Span } from "#glucose/time.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { partWithin, untilPresent, withDayRead } from "#report/patient/whole-day.ts";
import { readingsQueries } from "../api/readings.ts";

/** One local day as every place of the page shows it, whatever part of it the period has. */
export interface WholeDay {
  readonly day: LocalDay;
  /** From its midnight to the next, or to the data's present. */
  readonly span: Span;
  readonly readings: readonly Reading[];
  readonly statistics: Statistics;
  /** Of what was read apart: no gap that they are in is a loss. */
  readonly unreadable: readonly UnreadableRecord[];
  /** Read apart, because the period begins or ends within the day; nothing is shown of it before. */
  readonly isReading: boolean;
}

const isWithin = (inner: Span, outer: Span) => inner.startMs >= outer.startMs && inner.endMs <= outer.endMs;

/**
 * A whole local day. Where the period has only a part of it, the rest is read too: the same day has the same
 * numbers under every period. Null without a day.
 */
export function useWholeDay(
  patientId: string,
  day: LocalDay | null,
  data: PeriodData,
  nowMs: number,
): WholeDay | null {
  const toPresent = day && untilPresent(day, nowMs);
  const isKnown = toPresent === null || isWithin(toPresent, data);
  const read = useQuery({
    ...readingsQueries.ofPeriod(patientId, { kind: "range", ...(day ?? { startMs: 0, endMs: 0 }) }),
    enabled: !isKnown,
    placeholderData: undefined,
  });
  // What could not be read is not shown: only the period's own part of the day.
  const span = toPresent && read.error && !read.data ? partWithin(toPresent, data) : toPresent;
  const [startMs, endMs] = [span?.startMs, span?.endMs];
  return useMemo(() => {
    if (!day || startMs === undefined || endMs === undefined) return null;
    const own = { startMs, endMs };
    const readings = isKnown ? data.readings : withDayRead(data, read.data);
    return {
      day,
      span: own,
      readings,
      statistics: statisticsOf(readings, own, data.targets.edges, data.lives),
      unreadable: read.data?.unreadable ?? [],
      isReading: !isKnown && read.isPending,
    };
  }, [day, startMs, endMs, isKnown, data, read.data, read.isPending]);
}

export interface ChosenDay extends WholeDay {
  /** All that the curve can show meanwhile: the period, and the whole day. */
  readonly extent: Span;
  readonly gaps: readonly Gap[];
}

/**
 * The day that the curve shows from midnight to midnight: the one in the address, or a period that is a
 * single day. A day that has not begun is none.
 */
export function useChosenDay(
  patientId: string,
  asked: Span | null,
  data: PeriodData,
  gaps: readonly Gap[],
  nowMs: number,
): ChosenDay | null {
  const { startMs, extentEndMs, timeZone, lives } = data;
  const [fromMs, toMs] = asked ? [asked.startMs, asked.endMs] : [startMs, extentEndMs];
  const day = useMemo(() => {
    const span = { startMs: fromMs, endMs: toMs };
    return isOneLocalDay(span, timeZone) ? span : null;
  }, [fromMs, toMs, timeZone]);
  const hasBegun = day !== null && day.startMs < nowMs;
  const whole = useWholeDay(patientId, hasBegun ? day : null, data, nowMs);
  return useMemo(() => {
    if (!whole) return null;
    const { span, readings, unreadable } = whole;
    const extent = {
      startMs: Math.min(startMs, whole.day.startMs),
      endMs: Math.max(extentEndMs, whole.day.endMs),
    };
    const isInPeriod = isWithin(span, data);
    const own = isInPeriod
      ? gaps
      : gapsOf(inWindow(readings, span.startMs, span.endMs), span, lives, [], unreadable);
    return { ...whole, extent, gaps: whole.isReading ? gaps : own };
  }, [whole, startMs, extentEndMs, data, gaps, lives]);
}

/** The day before or after; null where that has not begun. */
export function dayBeside(day: LocalDay, by: -1 | 1, timeZone: string, nowMs: number): LocalDay | null {
  const beside = localDayOf(by < 0 ? day.startMs - 1 : day.endMs, timeZone);
  return beside.startMs < nowMs ? beside : null;
}
