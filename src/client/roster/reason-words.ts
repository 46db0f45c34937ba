import type { ListedPatient } from "#contract/roster.ts";
import type { WorklistEntry } from "#contract/worklist.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import { usualLimits } from "#glucose/limits.ts";
import type { DataCause, ReasonKey } from "#glucose/reason-keys.ts";
import { formatActiveShare, formatJudged, formatShares, type ShownShares } from "#glucose/shares.ts";
import { type Targets, targetsFor } from "#glucose/targets.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatEdge, formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { trendWord } from "#report/chart/words.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import {
  formatAge,
  formatDate,
  formatDateTime,
  formatDuration,
  formatTime,
  formatWeekday,
  shownLengthMs,
} from "#words/time.ts";
import { withZone } from "../ui/viewer-zone.ts";

export type Words = Messages<"roster", "why">;
type Reason = WorklistEntry["reasons"][number];
/** Whose reasons they are, as far as the words need it. */
export type ReasonSubject = Pick<ListedPatient, "timeZone" | "targets" | "status" | "worklist">;

export interface ReasonContext {
  t: Words;
  unit: GlucoseUnit;
  language: Language;
  nowMs: number;
}

const causes = {
  "never-sent": "neverSent",
  "no-sensor": "gap.no-sensor",
  "phone-silent": "gap.not-uploaded",
  "sensor-silent": "gap.not-measured",
  lost: "gap.lost",
  "not-read": "gap.unread",
  unknown: "gap.unknown",
} as const satisfies Record<DataCause, string>;

/** What a reason is about, for its look. */
const kinds: Record<ReasonKey, "now" | "low" | "high" | "data"> = {
  "very-low-now": "now",
  "very-low-last": "low",
  "low-now": "now",
  "low-last": "low",
  "falling-near-low": "now",
  "falling-near-low-last": "low",
  "high-for-long": "high",
  "high-for-long-last": "high",
  "very-low": "low",
  low: "low",
  "extended-lows": "low",
  "night-lows": "low",
  "very-high": "high",
  "in-range": "high",
  high: "high",
  "in-range-fell": "high",
  recalled: "data",
  "ended-early": "data",
  "clock-off": "data",
  ended: "data",
  "not-activated": "data",
  silent: "data",
  "little-data": "data",
  "ends-soon": "data",
  "often-silent": "data",
};
export const kindOf = (key: ReasonKey) => kinds[key];

/** Now low, or about to be. */
export const isLowNow = (key: ReasonKey): boolean => kinds[key] === "now";

/** How somebody was when last heard of. */
export const isLast = (key: ReasonKey): key is Extract<ReasonKey, `${string}-last`> => key.endsWith("-last");
/** Low then, or about to be. */
export const wasLowLast = (key: ReasonKey): boolean => isLast(key) && kinds[key] === "low";

/** When the reading was of what is said to be now; null for what is not. */
function readAtMs({ key, sinceMs, value }: Reason, { status, worklist }: ReasonSubject): number | null {
  if (key === "falling-near-low") return status?.lastReadingAtMs ?? worklist?.asOfMs ?? null;
  if (key !== "high-for-long" && !isLowNow(key)) return null;
  return sinceMs === undefined ? null : Math.round(sinceMs + value * minuteMs);
}

/** Of what is said to be now: too long ago to be so still. */
export function isPast(reason: Reason, row: ReasonSubject, nowMs: number): boolean {
  const atMs = readAtMs(reason, row);
  return atMs !== null && freshnessOf(atMs, nowMs) !== "current";
}

export const rangeOf = ({ edges }: Pick<Targets, "edges">, unit: GlucoseUnit) =>
  `${formatEdge(edges.low, unit)}–${formatEdge(edges.high, unit)}`;

/** Further away a weekday is no longer one of this week. */
const mostByWeekdayMs = 6 * dayMs;

/** "Sat 14:00", or "20 Nov 2026, 14:00", by the patient's clock, which is named where it is another than the reader's. */
function hourOf(timeMs: number, timeZone: string, language: Language, nowMs: number): string {
  const isNear = Math.abs(timeMs - nowMs) <= mostByWeekdayMs;
  const time = isNear
    ? `${formatWeekday(timeMs, timeZone, language)} ${formatTime(timeMs, timeZone, language)}`
    : formatDateTime(timeMs, timeZone, language);
  return withZone(time, timeZone, language);
}

/** Points by which the share in range rose, on their side of a usual fall. */
export const formatChange = (points: number): string =>
  formatJudged(points, 1, (value) => -value > usualLimits.fellByPoints).replace(/^-(?=0\.0$)/, "");

/** Two shares in per cent with as many decimals as show that they are more than the limit apart. */
function formatFall(from: number, to: number, limit: number): { from: string; to: string } {
  for (let decimals = 1; ; decimals += 1) {
    const shown = { from: from.toFixed(decimals), to: to.toFixed(decimals) };
    const fall = Number((Number(shown.from) - Number(shown.to)).toFixed(decimals));
    if (decimals === 6 || fall > limit === from - to > limit) return shown;
  }
}

const judgedRows = {
  "very-low": "very-low",
  low: "below",
  "in-range": "in-range",
  high: "above",
  "very-high": "very-high",
} as const satisfies Partial<Record<ReasonKey, keyof ShownShares>>;

/** A share that has a goal, as every table shows it: rounded together with the four others. */
function judgedShare({ key }: Reason, { worklist }: ReasonSubject, { goals }: Targets): string {
  if (!worklist?.timeIn || !(key in judgedRows)) return "";
  return formatShares(worklist.timeIn, goals)[judgedRows[key as keyof typeof judgedRows]];
}

/** A reason with the two numbers behind it, in a short sentence. */
export function reasonText(reason: Reason, row: ReasonSubject, context: ReasonContext): string {
  const { t, unit, language, nowMs } = context;
  const { key, value, limit, sinceMs = nowMs } = reason;
  const { timeZone } = row;
  const targets = targetsFor(row.targets);
  const { edges } = targets;
  const length = (ms: number) => formatDuration(ms, language);
  const atMs = readAtMs(reason, row);
  const whatWas = (what: ReasonKey) => {
    if (what.startsWith("high-for-long")) return t("above", { edge: formatEdge(edges.veryHigh, unit) });
    if (what.startsWith("falling")) return t("reason-falling-near-low");
    return t(what.startsWith("very-low") ? "bandName.very-low" : "bandName.low");
  };
  const what = whatWas(key);
  const { trend = null } = reason;
  const way = trendOf(trend) === "unknown" ? [] : [trendWord(t, trendOf(trend), trend)];
  const isFalling = trend === 10 || trend === 20;
  const { projectedMmolL } = reason;
  /** By which the list orders those of one reason. */
  const heading =
    isFalling && projectedMmolL !== undefined
      ? [t("heading", { value: formatGlucose(projectedMmolL, unit) })]
      : [];
  /** How somebody was at the latest reading, for how long before it, and in words which way it went. */
  const was = (readMs: number) => {
    const time = withZone(formatTime(readMs, timeZone, language), timeZone, language);
    const lastedMs = shownLengthMs(Math.round(readMs - value * minuteMs), readMs);
    const lasted = t(reason.isAtLeast ? "wasForAtLeast" : "wasFor", { length: length(lastedMs) });
    const last = t("was", { what, time, age: formatAge(nowMs - readMs, language) });
    return [last, ...(lastedMs === 0 ? [] : [lasted]), ...way.map((trend) => t("wayThen", { trend }))].join(
      t("comma"),
    );
  };
  if (isLast(key)) return was(sinceMs);
  if (atMs !== null && isPast(reason, row, nowMs)) return was(atMs);
  const percent = judgedShare(reason, row, targets);
  switch (key) {
    case "very-low-now":
    case "low-now":
    case "high-for-long": {
      const time = withZone(formatTime(sinceMs, timeZone, language), timeZone, language);
      const since = t(reason.isAtLeast ? "sinceAtLeast" : "since", { what, time });
      // For as long as there are readings of it: of the time since the latest nobody knows.
      const lastedMs = shownLengthMs(sinceMs, atMs ?? nowMs);
      return [since, ...(lastedMs === 0 ? [] : [length(lastedMs)]), ...way, ...heading].join(t("comma"));
    }
    case "falling-near-low": {
      const near = t(key, {
        trend: trendWord(t, trendOf(trend), trend),
        most: formatGlucose(limit, unit),
        edge: formatEdge(edges.low, unit),
      });
      return [near, ...heading].join(t("comma"));
    }
    case "very-low":
      return t("goalBelow", { edge: formatEdge(edges.veryLow, unit), percent, limit });
    case "low":
      return t("goalBelow", { edge: formatEdge(edges.low, unit), percent, limit });
    case "high":
      return t("goalAbove", { edge: formatEdge(edges.high, unit), percent, limit });
    case "very-high":
      return t("goalAbove", { edge: formatEdge(edges.veryHigh, unit), percent, limit });
    case "in-range":
      return t("goalInRange", { range: rangeOf(targets, unit), percent, limit });
    case "in-range-fell":
      return t(key, formatFall(limit, value, usualLimits.fellByPoints));
    case "extended-lows":
    case "often-silent":
      return t(key, { count: value, limit });
    case "night-lows":
      return t(key, { count: value, limit });
    case "recalled":
      return limit > 0
        ? t("recalledToldBefore", { date: formatDate(limit, timeZone, language) })
        : t(key, { date: formatDate(value, timeZone, language) });
    case "clock-off":
    case "ended":
      return t(key, { time: hourOf(value, timeZone, language, nowMs) });
    case "not-activated":
      return t(key, { length: length(value * minuteMs) });
    case "ended-early":
      return t(key, {
        time: hourOf(value, timeZone, language, nowMs),
        early: length(limit - value),
      });
    case "silent":
      return limit > 60
        ? t("silentUsually", { length: length(value * minuteMs), usual: length((limit / 2) * minuteMs) })
        : t("silentLate", { length: length(value * minuteMs), late: length(limit * minuteMs) });
    case "little-data":
      return t(key, {
        percent: formatActiveShare(value / 100),
        days: reason.days ?? 14,
        limit,
        cause: t(causes[reason.cause ?? "unknown"]),
      });
    case "ends-soon":
      return t(key, { time: hourOf(value, timeZone, language, nowMs) });
  }
}

/** A reason with what the list marks it by, in one line. */
export const wholeReasonText = (reason: Reason, row: ReasonSubject, context: ReasonContext): string =>
  [
    reasonText(reason, row, context),
    ...(reason.isBorderline ? [context.t("borderline")] : []),
    ...(reason.explainedBy ? [context.t("explained")] : []),
  ].join(" · ");
