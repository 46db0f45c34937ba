import { bands } from "#glucose/bands.ts";
import { isOneLocalDay, localDays } from "#glucose/local-time.ts";
import { formatActiveShare, formatShare } from "#glucose/shares.ts";
import { isDenseEnough, statisticsOf } from "#glucose/statistics.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import { formatEdge, formatGlucose } from "#glucose/units.ts";
import { formatSentences } from "#words/list.ts";
import { formatDate, formatDateTime, formatDuration, formatShortDate, formatWeekday } from "#words/time.ts";
import type { Block, Report } from "../report.ts";
import { readingsInPeriod } from "./curve-view.ts";
import { identityOnPaper } from "./identity.ts";
import { partsOfDay } from "./parts-of-day.ts";
import { changedAtMs } from "./patient-report.ts";
import { daysIn, type PeriodData } from "./period-data.ts";
import type { PatientSpeech, Reported } from "./reported.ts";
import { type RangeRow, type TimeIn, timeInRangesView } from "./time-in-ranges-view.ts";

/** Of fewer days none stands out. */
const fewestDays = 3;
const minutesOfDay = dayMs / minuteMs;

/** Shares of a day in whole minutes that add up to one, by largest remainder. */
function minutesIn(shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * minutesOfDay);
  const whole = exact.map(Math.floor);
  const left = minutesOfDay - whole.reduce((sum, minutes) => sum + minutes, 0);
  const byRemainder = exact
    .map((minutes, index) => ({ index, remainder: minutes % 1 }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] as number) + 1;
  return whole;
}

/** The whole day with most time in range among those that have enough data to be compared. */
function bestDay({ readings, startMs, endMs, timeZone, targets, lives }: PeriodData) {
  const days = localDays(startMs, endMs, timeZone)
    .filter((day) => isOneLocalDay(day, timeZone))
    .map((day) => ({ ...day, statistics: statisticsOf(readings, day, targets.edges, lives) }))
    .filter(({ statistics }) => isDenseEnough(statistics))
    .map((day) => ({ startMs: day.startMs, share: day.statistics.timeIn?.["in-range"] ?? 0 }));
  const best = days.toSorted((a, b) => b.share - a.share)[0];
  return days.length >= fewestDays && best && best.share > 0 ? best : null;
}

/** What went well, as the data says it; nothing is called good or bad. */
function wellBlocks(data: PeriodData, rows: readonly ShownPart[], speech: PatientSpeech): Block[] {
  const { sheet: t, unit, language } = speech;
  const { targets, timeZone } = data;
  const shareOf = (key: RangeRow["key"]) => rows.find((row) => row.band === key);
  const own = shareOf("in-range");
  const best = bestDay(data);
  const noneBelow = shareOf("very-low")?.share
    ? null
    : shareOf("low")?.share
      ? targets.edges.veryLow
      : targets.edges.low;
  const texts = [
    ...(own && own.share > 0
      ? [
          own.hours === null
            ? t("inRangeShare", { range: own.range, unit, percent: own.percent })
            : t("inRange", { range: own.range, unit, hours: own.hours, percent: own.percent }),
        ]
      : []),
    ...(noneBelow === null ? [] : [t("noneBelow", { edge: formatEdge(noneBelow, unit), unit })]),
    ...(best
      ? [
          t("bestDay", {
            day: `${formatWeekday(best.startMs, timeZone, language, "long")} ${formatShortDate(best.startMs, timeZone, language)}`,
            percent: formatShare(best.share),
          }),
        ]
      : []),
  ];
  if (texts.length === 0) return [];
  return [{ kind: "heading", text: t("well") }, ...texts.map((text): Block => ({ kind: "paragraph", text }))];
}

interface ShownPart extends RangeRow {
  readonly range: string;
  /** Of an average day; null where there is too little data to speak of whole days. */
  readonly hours: string | null;
}

/** The five ranges, from the highest down. */
function shownParts(data: PeriodData, timeIn: TimeIn, speech: PatientSpeech): ShownPart[] {
  const { page, sheet, unit, language } = speech;
  const isDense = isDenseEnough(data.statistics);
  const ofDays = isDense && daysIn(data, data.timeZone) >= 1;
  const minutes = minutesIn(bands.map((band) => timeIn[band]));
  const hoursOf = (row: RangeRow): string => {
    const whole = (row.band && minutes[bands.indexOf(row.band)]) || 0;
    return whole === 0 && row.share > 0
      ? sheet("lessThanMinute")
      : formatDuration(whole * minuteMs, language);
  };
  return timeInRangesView(data, timeIn, { t: page, unit })
    .rows.filter(({ band }) => band !== null)
    .map((row) => ({ ...row, range: row.range ?? "", hours: ofDays ? hoursOf(row) : null }));
}

function partBlocks(parts: readonly ShownPart[], { sheet: t, page, unit }: PatientSpeech): Block[] {
  const isOfDay = parts.every(({ hours }) => hours !== null);
  return [
    { kind: "heading", text: t(isOfDay ? "day" : "measuredTime") },
    {
      kind: "chart",
      drawing: partsOfDay(
        parts.flatMap(({ band, name, range, share, percent, hours }) =>
          band
            ? [
                {
                  band,
                  name,
                  range: `${range} ${unit}`,
                  share,
                  text: [...(hours === null ? [] : [hours]), page("percent", { value: percent })].join(" · "),
                },
              ]
            : [],
        ),
      ),
      legend: [],
    },
  ];
}

function alsoBlocks({ targets, statistics, episodes }: PeriodData, speech: PatientSpeech): Block[] {
  const { sheet: t, unit } = speech;
  const { low, high } = targets.edges;
  const { meanMmolL } = statistics;
  const texts = [
    ...(meanMmolL === null ? [] : [t("mean", { value: formatGlucose(meanMmolL, unit), unit })]),
    ...(episodes.low.length > 0
      ? [t("lows", { count: episodes.low.length, edge: formatEdge(low, unit), unit })]
      : []),
    ...(episodes.high.length > 0
      ? [t("highs", { count: episodes.high.length, edge: formatEdge(high, unit), unit })]
      : []),
  ];
  return [{ kind: "heading", text: t("also") }, ...texts.map((text): Block => ({ kind: "paragraph", text }))];
}

/** What there is to know before one reads a number. */
function warningBlocks({ data, unread, stale }: Reported, { sheet: t, language }: PatientSpeech): Block[] {
  const { statistics, timeZone, asOfMs } = data;
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const measured = Math.min(statistics.activeShare, statistics.coveredShare);
  return [
    ...(stale ? [t("stale", { at: at(asOfMs) })] : []),
    ...unread.map(({ startMs, endMs }) => t("part", { from: at(startMs), to: at(endMs) })),
    ...(statistics.n > 0 && !isDenseEnough(statistics)
      ? [t("thin", { percent: formatActiveShare(measured) })]
      : []),
  ].map((text): Block => ({ kind: "paragraph", text }));
}

/**
 * A patient's period on one sheet for themselves: plain words in large type, what went well first, no verdicts. Its
 * numbers are those of the report.
 */
export function patientSheet(reported: Reported, speech: PatientSpeech): Report {
  const { patient, data } = reported;
  const { sheet: t, language } = speech;
  const { statistics, startMs, endMs, timeZone } = data;
  const [from, to] = [startMs, endMs - 1].map((timeMs) => formatDate(timeMs, timeZone, language));
  const { who, numbers } = identityOnPaper(patient, speech.page, language);
  const latest = readingsInPeriod(data)
    .slice(-1)
    .map(({ timeMs }) => speech.report("latest", { at: formatDateTime(timeMs, timeZone, language) }));
  const parts = statistics.timeIn && shownParts(data, statistics.timeIn, speech);
  return {
    language,
    title: who,
    subtitle: `${numbers} · ${t("title", { from: from ?? "", to: to ?? "" })}`,
    type: "large",
    changedAtMs: changedAtMs(data),
    blocks: [
      ...warningBlocks(reported, speech),
      ...(parts
        ? [
            ...wellBlocks(data, parts, speech),
            ...partBlocks(parts, speech),
            ...alsoBlocks(data, speech),
            { kind: "heading", text: t("talk") } as const,
            { kind: "writing-lines", count: 2 } as const,
          ]
        : [{ kind: "paragraph", text: t("none") } as const]),
      { kind: "note", text: formatSentences([...latest, t("care")], language) },
    ],
  };
}
