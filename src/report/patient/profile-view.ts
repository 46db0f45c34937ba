import { fewestDaysPerHour, type GlucoseProfile, profileOf } from "#glucose/profile.ts";
import type { Span } from "#glucose/time.ts";
import { formatGlucose } from "#glucose/units.ts";
import type { Messages } from "#words/messages.ts";
import type { Preferences } from "#words/preferences.ts";
import { formatDate } from "#words/time.ts";
import { axisTopMmolL } from "../chart/axis.ts";
import { axisSummary } from "../chart/curve-summary.ts";
import type { PeriodData } from "./period-data.ts";

export interface ProfileOf {
  readonly profile: GlucoseProfile;
  readonly of: Span;
}

/**
 * The profile that is drawn: the period's or, where another lies over it, that of the
 * side which is held against the other.
 */
export interface ShownProfile extends ProfileOf {
  readonly overlaid: ProfileOf | null;
  /** Where the axis ends, as on every curve of the period. */
  readonly topMmolL: number;
}

export function shownProfile(
  { readings, startMs, endMs, timeZone }: PeriodData,
  sides: { own: ProfileOf; other: ProfileOf } | null,
): ShownProfile {
  const period = { startMs, endMs };
  const topMmolL = axisTopMmolL(readings, period);
  return sides
    ? { ...sides.own, overlaid: sides.other, topMmolL }
    : { profile: profileOf(readings, period, timeZone), of: period, overlaid: null, topMmolL };
}

interface Words extends Preferences {
  t: Messages<"details">;
  curve: Messages<"chart", "curve">;
}

/** What there is to know of a profile before one reads it. */
export function profileNotes(
  { profile, overlaid, topMmolL }: ShownProfile,
  { timeZone, isCompared }: { timeZone: string; isCompared: boolean },
  { t, curve, unit }: Words,
): string[] {
  const highest = Math.max(...profile.bins.map(({ smooth }) => smooth?.p95 ?? 0));
  const hasGaps = profile.bins.some(({ smooth }) => smooth === null);
  return [
    t("profileOf", { count: profile.daysWithData, zone: timeZone }),
    ...(hasGaps ? [t("profileGaps", { days: fewestDaysPerHour })] : []),
    ...axisSummary(topMmolL, { t: curve, unit }),
    ...(highest > topMmolL ? [t("profileAbove", { highest: formatGlucose(highest, unit), unit })] : []),
    ...(isCompared && !overlaid ? [t("profileNotOverlaid")] : []),
  ];
}

type Swatch = "outer" | "inner" | "median" | "other-median" | "other-half";

/** What the colours and lines stand for. */
export function profileLegend(
  { of, overlaid }: ShownProfile,
  timeZone: string,
  { t, language }: Pick<Words, "t" | "language">,
): [Swatch, string][] {
  const medianOf = ({ startMs, endMs }: Span) =>
    t("medianOf", {
      from: formatDate(startMs, timeZone, language),
      to: formatDate(endMs - 1, timeZone, language),
    });
  return [
    ["outer", t("band90")],
    ["inner", t("band50")],
    ["median", overlaid ? medianOf(of) : t("median")],
    ...(overlaid
      ? ([
          ["other-median", medianOf(overlaid.of)],
          ["other-half", t("otherHalf")],
        ] satisfies [Swatch, string][])
      : []),
  ];
}
