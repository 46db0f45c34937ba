import type { Edges } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import { localDateOf } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatGlucose, type GlucoseUnit, toMgDl } from "#glucose/units.ts";
import { isUsable } from "#glucose/usable.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime, formatDuration, formatTime } from "../ui/time.ts";
import { gapWord, readingWord, trendWord, useChartWords } from "./words.ts";

/** What the crosshair stands on, in words. */
export interface ReadoutWords {
  readonly value: string;
  readonly state: string;
  readonly when: string;
  readonly details: string;
}

const minuteMs = 60_000;
const signed = (text: string, value: number) => (value > 0 ? `+${text}` : text.replace("-", "−"));

/** Words for a reading, for a gap, and for the difference between two readings. */
export function useReadoutWords(timeZone: string, unit: GlucoseUnit, edges: Edges) {
  const t = useChartWords();
  const { language } = usePreferences();
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
        const duration = formatDuration(gapBefore.toMs - gapBefore.fromMs, language);
        details.push(t("afterGap", { duration, reason: gapWord(t, gapBefore.cause) }));
      }
      return {
        value: `${formatGlucose(valueMmolL, unit)} ${unit}`,
        state: states.join(", "),
        when: formatDateTime(timeMs, timeZone, language),
        details: details.join(" · "),
      };
    },
    gap: ({ fromMs, toMs, cause, packetsLost, recordsUnreadable }: Gap): ReadoutWords => ({
      value: t("noReadings"),
      state: gapWord(t, cause),
      when: `${formatDateTime(fromMs, timeZone, language)} – ${(isOneDay(fromMs, toMs) ? formatTime : formatDateTime)(toMs, timeZone, language)} (${formatDuration(toMs - fromMs, language)})`,
      details: [
        ...(packetsLost === null ? [] : [t("packetsLost", { count: packetsLost })]),
        ...(recordsUnreadable === 0 ? [] : [t("packetsUnreadable", { count: recordsUnreadable })]),
      ].join(" · "),
    }),
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
        duration: formatDuration(to.timeMs - from.timeMs, language),
        rate: signed(rate.toFixed(unit === "mmol/L" ? 3 : 1), by),
      });
    },
  };
}
