import { type Band, type Edges, edgesMmolL } from "./bands.ts";
import type { DaySummaries } from "./day-summaries.ts";
import type { GapCause, SensorLife } from "./gaps.ts";
import { localDayOf, localDays } from "./local-time.ts";
import type { NowState } from "./now-state.ts";
import { isDenseEnough, type Statistics } from "./statistics.ts";
import type { Extreme, GlucoseSummary, Low } from "./summary.ts";
import { joinSummaries, statisticsOfSummary } from "./summary-statistics.ts";
import { type Goal, meetsGoal, percentOf, type Targets } from "./targets.ts";
import { hourMs, type Span } from "./time.ts";
import { usualDelayMs } from "./upload-delays.ts";

/** Shares of time, 0 to 1; the five add up to 1. */
export type Shares = Readonly<Record<Band, number>>;

/** What some local days come to that follow each other; the last may not be over. */
export interface Stretch extends Span {
  readonly n: number;
  readonly activeShare: number;
  readonly coveredShare: number;
  /** On the patient's own edges; null without a reading. */
  readonly timeIn: Shares | null;
  /** On the edges of most adults, which published lists judge everybody by. */
  readonly publishedTimeIn: Shares | null;
}

/** In days; each is looked at until today, and so many days before that. */
const stretchDays = [1, 7, 14, 30] as const;
export type StretchDays = (typeof stretchDays)[number];

/** The parts of a patient's targets that have goals. */
export const judgedParts = ["veryLow", "belowRange", "inRange", "aboveRange", "veryHigh"] as const;
export type JudgedPart = (typeof judgedParts)[number];

/** What is known of a patient's glucose for a list of many: no reading but the lowest. */
export interface GlucoseFigures {
  readonly asOfMs: number;
  /** The first reading, where the days that are kept reach back before it; else null. */
  readonly begunMs: number | null;
  readonly now: NowState | null;
  /** By days; null where so many days are not known. */
  readonly last: Readonly<Record<StretchDays, Stretch | null>>;
  readonly before: Readonly<Record<StretchDays, Stretch | null>>;
  /** Parts whose goal would be judged otherwise if one of the 14 days were left out. */
  readonly borderline: readonly JudgedPart[];
  /** Of the last 7 days. */
  readonly week: {
    readonly lows: number;
    readonly extendedLows: number;
    readonly longestLowMs: number | null;
    readonly nightsWithLows: number;
    readonly lowest: Extreme | null;
    readonly silences: number;
  };
  /** Of the last 14 days, ms. */
  readonly gapMs: Readonly<Partial<Record<GapCause, number>>>;
  /** Within which nine of ten readings reach the platform. */
  readonly usualDelayMs: number | null;
}

/** The share of time that a goal is about. */
export const shareOf = (timeIn: Shares, part: JudgedPart): number =>
  ({
    veryLow: timeIn["very-low"],
    belowRange: timeIn["very-low"] + timeIn.low,
    inRange: timeIn["in-range"],
    aboveRange: timeIn.high + timeIn["very-high"],
    veryHigh: timeIn["very-high"],
  })[part];

/**
 * Points by which the share in range rose from the week before to this one; null where one has none, and not judged
 * where one has too little data to speak for the week.
 */
export function inRangeChangeOf({
  last,
  before,
}: Pick<GlucoseFigures, "last" | "before">): number | "not-judged" | null {
  const [week, earlier] = [last[7], before[7]];
  if (!week?.timeIn || !earlier?.timeIn) return null;
  if (!isDenseEnough(week) || !isDenseEnough(earlier)) return "not-judged";
  return pointsBetween(earlier.timeIn, week.timeIn);
}

/** Points by which the share in range rises, without what binary fractions add. */
const pointsBetween = (from: Shares, to: Shares): number =>
  Number((percentOf(to["in-range"]) - percentOf(from["in-range"])).toFixed(9));

/**
 * Of the nights since `fromMs`, each from midnight to six by the patient's clock, those with a low in them, whenever that
 * began.
 */
function nightsWithLows(lows: readonly Low[], fromMs: number, timeZone: string): number {
  const nights = new Set<number>();
  for (const { startMs, endMs } of lows)
    for (const day of localDays(Math.max(startMs, fromMs), Math.max(endMs, startMs + 1), timeZone)) {
      const dayStartMs = localDayOf(day.startMs, timeZone).startMs;
      if (day.startMs < dayStartMs + 6 * hourMs) nights.add(dayStartMs);
    }
  return nights.size;
}

/** The first of all readings, where the first of these days has none. */
function begunIn(days: readonly GlucoseSummary[]): number | null {
  if (days[0] && days[0].sensors.length > 0) return null;
  const first = days.find(({ sensors }) => sensors.length > 0);
  return first ? Math.min(...first.sensors.map((one) => one.first.timeMs)) : null;
}

const isExtended = ({ startMs, endMs }: Low) => endMs - startMs > 2 * hourMs;

interface FiguresOptions {
  nowMs: number;
  timeZone: string;
  targets: Targets;
  lives: ReadonlyMap<string, SensorLife>;
  now: NowState | null;
}

/** The figures of a patient whose summaries reach until `nowMs`. */
export function figuresOf(
  kept: DaySummaries,
  { nowMs, timeZone, targets, lives, now }: FiguresOptions,
): GlucoseFigures {
  const days = byDay([...kept.days, ...kept.parts], timeZone);
  const { edges, goals } = targets;
  const statistics = (summary: GlucoseSummary, judged: Edges) =>
    statisticsOfSummary(summary, edges, judged, lives);
  const stretch = (toDay: number, count: number): Stretch | null => {
    const some = days.slice(Math.max(0, toDay - count), Math.max(0, toDay));
    const [first, ...rest] = some;
    if (!first || some.length < count) return null;
    const summary = rest.reduce(joinSummaries, first);
    const { n, activeShare, coveredShare, timeIn } = statistics(summary, edges);
    const publishedTimeIn = statistics(summary, edgesMmolL).timeIn;
    const { startMs, endMs } = summary;
    return { startMs, endMs, n, activeShare, coveredShare, timeIn, publishedTimeIn };
  };
  const byStretch = (daysBack: (count: number) => number) =>
    Object.fromEntries(
      stretchDays.map((count) => [count, stretch(days.length - daysBack(count), count)]),
    ) as GlucoseFigures["last"];
  const last = byStretch(() => 0);
  const week = days.slice(-7);
  const lows = week.flatMap((day) => day.lows);
  const fortnight = days.slice(-14);
  return {
    asOfMs: nowMs,
    begunMs: begunIn(days),
    now,
    last,
    before: byStretch((count) => count),
    borderline: borderlineOf(
      last[14]?.timeIn ?? null,
      fortnight.map((day) => statistics(day, edges)),
      fortnight,
      goals,
    ),
    week: {
      lows: lows.length,
      extendedLows: lows.filter(isExtended).length,
      longestLowMs: lows.reduce<number | null>(
        (longest, low) => Math.max(longest ?? 0, low.endMs - low.startMs),
        null,
      ),
      nightsWithLows: nightsWithLows(
        days.slice(-8).flatMap((day) => day.lows),
        week[0]?.startMs ?? nowMs,
        timeZone,
      ),
      lowest: week.reduce<Extreme | null>(
        (lowest, day) =>
          day.lowest && (!lowest || day.lowest.valueMmolL < lowest.valueMmolL) ? day.lowest : lowest,
        null,
      ),
      silences: week.reduce((sum, day) => sum + day.silences, 0),
    },
    gapMs: fortnight.reduce<Partial<Record<GapCause, number>>>((sums, { gapMs }) => {
      for (const cause of Object.keys(gapMs) as GapCause[])
        sums[cause] = (sums[cause] ?? 0) + (gapMs[cause] ?? 0);
      return sums;
    }, {}),
    usualDelayMs: usualDelayMs(
      fortnight.reduce<number[]>(
        (sums, { delays }) => delays.map((count, step) => count + (sums[step] ?? 0)),
        [],
      ),
    ),
  };
}

/** Joins the parts of each local day. */
function byDay(known: readonly GlucoseSummary[], timeZone: string): GlucoseSummary[] {
  const days: GlucoseSummary[] = [];
  let ofDayMs: number | null = null;
  for (const summary of known) {
    const dayStartMs = localDayOf(summary.startMs, timeZone).startMs;
    const before = days.at(-1);
    if (before && ofDayMs === dayStartMs) days[days.length - 1] = joinSummaries(before, summary);
    else days.push(summary);
    ofDayMs = dayStartMs;
  }
  return days;
}

function borderlineOf(
  timeIn: Shares | null,
  ofDays: readonly Statistics[],
  days: readonly Span[],
  goals: Targets["goals"],
): JudgedPart[] {
  if (!timeIn) return [];
  const times = ofDays.map((day, index) => {
    const span = days[index] as Span;
    return { timeIn: day.timeIn, ms: day.coveredShare * (span.endMs - span.startMs) };
  });
  const totalMs = times.reduce((sum, { ms }) => sum + ms, 0);
  return judgedParts.filter((part) => {
    const goal: Goal | undefined = goals[part];
    if (!goal) return false;
    const share = shareOf(timeIn, part);
    return times.some((day) => {
      if (!day.timeIn || day.ms === totalMs) return false;
      const without = (share * totalMs - shareOf(day.timeIn, part) * day.ms) / (totalMs - day.ms);
      return meetsGoal(Math.max(0, without), goal) !== meetsGoal(share, goal);
    });
  });
}
