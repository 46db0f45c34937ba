import type { Edges } from "#glucose/bands.ts";
import { endingOf } from "#glucose/episode-ending.ts";
import type { Episode } from "#glucose/episodes.ts";
import type { Gap } from "#glucose/gaps.ts";
import { isOneLocalDay, localDateOf } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { minuteMs, type Span } from "#glucose/time.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatGlucose, toMgDl } from "#glucose/units.ts";
import { isUsable } from "#glucose/usable.ts";
import type { LabelWords } from "#report/chart/curve-labels.ts";
import { gapWord, readingWord, trendWord } from "#report/chart/words.ts";
import { formatAside } from "#words/list.ts";
import {
  formatDate,
  formatDateTime,
  formatDuration,
  formatPartOfDay,
  formatTime,
  formatWeekday,
  shownLengthMs,
} from "#words/time.ts";
import { type Cursor, readingAt } from "./cursor.ts";
import { asItIs, type Tree } from "./walk.ts";

/** What the cursor stands on, in words. */
export interface Readout {
  readonly value: string;
  readonly state: string;
  readonly when: string;
  readonly details: string;
}

export interface ReadoutWords extends LabelWords {
  readonly edges: Edges;
}

interface Shown {
  readonly tree: Tree;
  /** What is in view, and all that can be. */
  readonly view: Span;
  readonly extent: Span;
  readonly nowMs: number;
}

/** With its sign; what rounds to nothing has none. */
const signed = (value: number, decimals: number): string => {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return (value > 0 ? "+" : "−") + text;
};

/** Null where nothing is chosen, or the reading that was has gone. */
export function readoutOf(
  { place: chosen, pinnedMs }: Cursor,
  { tree, view, extent, nowMs }: Shown,
  words: ReadoutWords,
): Readout | null {
  if (chosen === null) return null;
  const place = asItIs(tree, chosen);
  if (place.level === "view") return ofStretch(view, false, tree, words);
  if (place.level === "day") return ofStretch(place, true, tree, words);
  if (place.level === "episode") return ofEpisode(place.episode, extent.endMs, nowMs, words);
  if (place.level === "gap") return ofGap(place.gap, words);
  const reading = readingAt(tree.readings, place.timeMs);
  if (!reading) return null;
  const gapBefore = tree.gaps.find(({ toMs }) => toMs === reading.timeMs);
  const own = ofReading(reading, gapBefore, words);
  const other = readingAt(tree.readings, pinnedMs);
  const pinned = !other ? "" : other === reading ? words.t("pinned") : difference(other, reading, words);
  return { ...own, details: [pinned, own.details].filter(Boolean).join(" · ") };
}

function ofReading(reading: Reading, gapBefore: Gap | undefined, words: ReadoutWords): Readout {
  const { valueMmolL, trend, timeMs, sensor, uploadDelayMin } = reading;
  const { t, language, timeZone, edges } = words;
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
    value: glucose(valueMmolL, words),
    state: states.join(t("comma")),
    when: formatDateTime(timeMs, timeZone, language),
    details: details.join(" · "),
  };
}

function ofGap({ fromMs, toMs, cause, packetsLost, recordsUnreadable }: Gap, words: ReadoutWords): Readout {
  const { t } = words;
  const details = [
    ...(packetsLost === null ? [] : [t("packetsLost", { count: packetsLost })]),
    ...(recordsUnreadable === 0 ? [] : [t("packetsUnreadable", { count: recordsUnreadable })]),
  ];
  return {
    value: t("noReadings"),
    state: gapWord(t, cause),
    when: fromTo(fromMs, toMs, words),
    details: details.join(" · "),
  };
}

/** How low or high it went, when and for how long. */
function ofEpisode(episode: Episode, periodEndMs: number, nowMs: number, words: ReadoutWords): Readout {
  const { kind, startMs, endMs, extremeMmolL, extremeAtMs, isExtended, isBeginSeen, isCutByPeriod } = episode;
  const { t } = words;
  const ending = endingOf(episode, periodEndMs, nowMs);
  const extreme = kind.endsWith("low") ? "lowest" : "highest";
  const details = [
    ...(isBeginSeen ? [] : [t(isCutByPeriod ? "ending.beganBefore" : "ending.unseenBeginning")]),
    ...(ending === "returned" ? [] : [t(`ending.${ending}`)]),
  ];
  return {
    value: t(isExtended ? "episode.extended" : `episode.${kind}`),
    state: t(extreme, { value: glucose(extremeMmolL, words), at: timeBeside(startMs, extremeAtMs, words) }),
    when: fromTo(startMs, endMs, words),
    details: details.join(" · "),
  };
}

/** A day, or all that is shown: its extremes, and how many lows, highs and gaps it has. */
function ofStretch(span: Span, isDay: boolean, tree: Tree, words: ReadoutWords): Readout {
  const { startMs, endMs } = span;
  const { t, language, timeZone } = words;
  const overlapping = tree.episodes.filter((episode) => episode.startMs < endMs && episode.endMs > startMs);
  const lows = overlapping.filter(({ kind }) => kind.endsWith("low")).length;
  const gaps = tree.gaps.filter(({ fromMs, toMs }) => fromMs < endMs && toMs > startMs).length;
  const part = isDay && !isOneLocalDay(span, timeZone) ? formatPartOfDay(span, timeZone, language) : null;
  const day = `${formatWeekday(startMs, timeZone, language, "long")} ${formatDate(startMs, timeZone, language)}`;
  const from = formatDateTime(startMs, timeZone, language);
  const to = formatDateTime(endMs, timeZone, language);
  return {
    value: isDay ? day : t("inView"),
    state: isDay ? (part ?? "") : `${from} – ${to}`,
    when: extremesOf(span, isDay, tree, words),
    details: [
      t("day-lows", { count: lows }),
      t("day-highs", { count: overlapping.length - lows }),
      t("summaryGaps", { count: gaps }),
    ].join(" · "),
  };
}

function extremesOf(
  { startMs, endMs }: Span,
  isDay: boolean,
  { readings }: Tree,
  words: ReadoutWords,
): string {
  const { t, language, timeZone } = words;
  let lowest: Reading | undefined;
  let highest: Reading | undefined;
  const end = firstAtOrAfter(readings, endMs);
  for (let i = firstAtOrAfter(readings, startMs); i < end; i += 1) {
    const reading = readings[i] as Reading;
    if (!isUsable(reading)) continue;
    if (!lowest || reading.valueMmolL < lowest.valueMmolL) lowest = reading;
    if (!highest || reading.valueMmolL > highest.valueMmolL) highest = reading;
  }
  if (!lowest || !highest) return t("reading.none");
  const at = isDay ? formatTime : formatDateTime;
  return t("dayExtremes", {
    lowest: glucose(lowest.valueMmolL, words),
    lowestAt: at(lowest.timeMs, timeZone, language),
    highest: glucose(highest.valueMmolL, words),
    highestAt: at(highest.timeMs, timeZone, language),
  });
}

/** From the earlier to the later of two readings: difference, time and rate. */
function difference(a: Reading, b: Reading, words: ReadoutWords): string {
  const { t, language, unit, timeZone } = words;
  const [from, to] = a.timeMs <= b.timeMs ? [a, b] : [b, a];
  const minutes = (to.timeMs - from.timeMs) / minuteMs;
  const by = to.valueMmolL - from.valueMmolL;
  const shown = unit === "mmol/L" ? by : toMgDl(by);
  const rate = minutes > 0 ? shown / minutes : 0;
  const rateText = signed(rate, unit === "mmol/L" ? 3 : 1);
  const at = isOneDay(from.timeMs, to.timeMs, words) ? formatTime : formatDateTime;
  return t(/^[0.]+$/.test(rateText) ? "difference" : "differenceWithRate", {
    from: at(from.timeMs, timeZone, language),
    to: at(to.timeMs, timeZone, language),
    by: signed(shown, unit === "mmol/L" ? 1 : 0),
    unit,
    duration: formatDuration(shownLengthMs(from.timeMs, to.timeMs), language),
    rate: rateText,
  });
}

const glucose = (valueMmolL: number, { unit }: ReadoutWords): string =>
  `${formatGlucose(valueMmolL, unit)} ${unit}`;

const isOneDay = (aMs: number, bMs: number, { timeZone }: ReadoutWords): boolean =>
  localDateOf(aMs, timeZone) === localDateOf(bMs, timeZone);

/** A time, with its date where it is on another day than what it stands beside. */
function timeBeside(otherMs: number, timeMs: number, words: ReadoutWords): string {
  const { timeZone, language } = words;
  return (isOneDay(otherMs, timeMs, words) ? formatTime : formatDateTime)(timeMs, timeZone, language);
}

function fromTo(fromMs: number, toMs: number, words: ReadoutWords): string {
  const { timeZone, language } = words;
  const from = formatDateTime(fromMs, timeZone, language);
  const length = formatDuration(shownLengthMs(fromMs, toMs), language);
  return formatAside(`${from} – ${timeBeside(fromMs, toMs, words)}`, length, language);
}
