import type { Edges } from "#glucose/bands.ts";
import { type Episode, endingOf } from "#glucose/episodes.ts";
import type { Gap } from "#glucose/gaps.ts";
import { isOneLocalDay, localDateOf } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { minuteMs, type Span } from "#glucose/time.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatGlucose, type GlucoseUnit, toMgDl } from "#glucose/units.ts";
import { isUsable } from "#glucose/usable.ts";
import { usePreferences } from "../preferences.ts";
import {
  formatDate,
  formatDateTime,
  formatDuration,
  formatPartOfDay,
  formatTime,
  formatWeekday,
  shownLengthMs,
} from "../ui/time.ts";
import type { Tree } from "./walk.ts";
import { gapWord, readingWord, trendWord, useChartWords } from "./words.ts";

/** What the crosshair stands on, in words. */
export interface ReadoutWords {
  readonly value: string;
  readonly state: string;
  readonly when: string;
  readonly details: string;
}

const signed = (text: string, value: number) => (value > 0 ? `+${text}` : text.replace("-", "−"));

/** Words for a reading, for a gap, and for the difference between two readings. */
export function useReadoutWords(timeZone: string, unit: GlucoseUnit, edges: Edges) {
  const t = useChartWords();
  const { language } = usePreferences();
  const glucose = (valueMmolL: number) => `${formatGlucose(valueMmolL, unit)} ${unit}`;
  const spanWords = (fromMs: number, toMs: number) =>
    `${formatDateTime(fromMs, timeZone, language)} – ${(isOneDay(fromMs, toMs) ? formatTime : formatDateTime)(toMs, timeZone, language)} (${formatDuration(shownLengthMs(fromMs, toMs), language)})`;
  const isOneDay = (aMs: number, bMs: number) => localDateOf(aMs, timeZone) === localDateOf(bMs, timeZone);
  return {
    reading: (reading: Reading, gapBefore: Gap | undefined): ReadoutWords => {
      const { valueMmolL, trend, timeMs, sensor, uploadDelayMin } = reading;
      const states = [readingWord(t, reading, edges)];
      if (isUsable(reading)) states.push(trendWord(t, trendOf(trend), trend));
      const details = [t("sensor", { serial: sensor })];
      if (uploadDelayMin !== null && uploadDelayMin >= 2)
        details.push(t("late", { duration: formatDuration(uploadDelayMin * minuteMs, language) }));
      if (gapBefore) {
        const duration = formatDuration(shownLengthMs(gapBefore.fromMs, gapBefore.toMs), language);
        details.push(t("afterGap", { duration, reason: gapWord(t, gapBefore.cause) }));
      }
      return {
        value: glucose(valueMmolL),
        state: states.join(t("comma")),
        when: formatDateTime(timeMs, timeZone, language),
        details: details.join(" · "),
      };
    },
    gap: ({ fromMs, toMs, cause, packetsLost, recordsUnreadable }: Gap): ReadoutWords => ({
      value: t("noReadings"),
      state: gapWord(t, cause),
      when: spanWords(fromMs, toMs),
      details: [
        ...(packetsLost === null ? [] : [t("packetsLost", { count: packetsLost })]),
        ...(recordsUnreadable === 0 ? [] : [t("packetsUnreadable", { count: recordsUnreadable })]),
      ].join(" · "),
    }),
    /** How low or high it went, when and for how long. */
    episode: (episode: Episode, periodEndMs: number, nowMs: number): ReadoutWords => {
      const { kind, startMs, endMs, extremeMmolL, extremeAtMs, isExtended, isBeginSeen, isCutByPeriod } =
        episode;
      const ending = endingOf(episode, periodEndMs, nowMs);
      const extreme = kind.endsWith("low") ? "lowest" : "highest";
      const at = (isOneDay(startMs, extremeAtMs) ? formatTime : formatDateTime)(
        extremeAtMs,
        timeZone,
        language,
      );
      return {
        value: t(isExtended ? "episode-extended" : `episode-${kind}`),
        state: t(extreme, { value: glucose(extremeMmolL), at }),
        when: spanWords(startMs, endMs),
        details: [
          ...(isBeginSeen ? [] : [t(isCutByPeriod ? "beganBefore" : "beginUnseen")]),
          ...(ending === "returned" ? [] : [t(`ending-${ending}`)]),
        ].join(" · "),
      };
    },
    /** A day, or all that is shown: its extremes, and how many lows, highs and gaps it has. */
    stretch: (span: Span, isDay: boolean, tree: Tree): ReadoutWords => {
      const { startMs, endMs } = span;
      const extremes = extremeReadings(tree.readings, span);
      const at = (timeMs: number) => (isDay ? formatTime : formatDateTime)(timeMs, timeZone, language);
      const overlapping = tree.episodes.filter(
        (episode) => episode.startMs < endMs && episode.endMs > startMs,
      );
      const lows = overlapping.filter(({ kind }) => kind.endsWith("low")).length;
      const gaps = tree.gaps.filter(({ fromMs, toMs }) => fromMs < endMs && toMs > startMs).length;
      const part = isDay && !isOneLocalDay(span, timeZone) ? formatPartOfDay(span, timeZone, language) : null;
      const day = `${formatWeekday(startMs, timeZone, language, "long")} ${formatDate(startMs, timeZone, language)}`;
      return {
        value: isDay ? day : t("inView"),
        state: isDay
          ? (part ?? "")
          : `${formatDateTime(startMs, timeZone, language)} – ${formatDateTime(endMs, timeZone, language)}`,
        when: extremes
          ? t("dayExtremes", {
              lowest: glucose(extremes.lowest.valueMmolL),
              lowestAt: at(extremes.lowest.timeMs),
              highest: glucose(extremes.highest.valueMmolL),
              highestAt: at(extremes.highest.timeMs),
            })
          : t("dayEmpty"),
        details: [
          t("day-lows", { count: lows }),
          t("day-highs", { count: overlapping.length - lows }),
          t("summaryGaps", { count: gaps }),
        ].join(" · "),
      };
    },
    /** From the earlier to the later of two readings: difference, time and rate. */
    difference: (a: Reading, b: Reading): string => {
      const [from, to] = a.timeMs <= b.timeMs ? [a, b] : [b, a];
      const minutes = (to.timeMs - from.timeMs) / minuteMs;
      const by = to.valueMmolL - from.valueMmolL;
      const shown = unit === "mmol/L" ? by : toMgDl(by);
      const rate = minutes > 0 ? shown / minutes : 0;
      const at = isOneDay(from.timeMs, to.timeMs) ? formatTime : formatDateTime;
      return t("difference", {
        from: at(from.timeMs, timeZone, language),
        to: at(to.timeMs, timeZone, language),
        by: signed(shown.toFixed(unit === "mmol/L" ? 1 : 0), by),
        unit,
        duration: formatDuration(shownLengthMs(from.timeMs, to.timeMs), language),
        rate: signed(rate.toFixed(unit === "mmol/L" ? 3 : 1), by),
      });
    },
  };
}

function extremeReadings(
  readings: readonly Reading[],
  { startMs, endMs }: Span,
): { lowest: Reading; highest: Reading } | null {
  let lowest: Reading | undefined;
  let highest: Reading | undefined;
  const end = firstAtOrAfter(readings, endMs);
  for (let i = firstAtOrAfter(readings, startMs); i < end; i += 1) {
    const reading = readings[i] as Reading;
    if (!isUsable(reading)) continue;
    if (!lowest || reading.valueMmolL < lowest.valueMmolL) lowest = reading;
    if (!highest || reading.valueMmolL > highest.valueMmolL) highest = reading;
  }
  return lowest && highest ? { lowest, highest } : null;
}
