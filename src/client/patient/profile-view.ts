import { axisMaxMmolL } from "#glucose/bands.ts";
import { fewestDaysPerHour, type GlucoseProfile, profileOf } from "#glucose/profile.ts";
import type { Span } from "#glucose/time.ts";
import { formatEdge, formatGlucose } from "#glucose/units.ts";
import type { Messages } from "#words/messages.ts";
import { formatDate } from "#words/time.ts";
import { axisTopMmolL } from "../chart/axis.ts";
import type { Preferences } from "../preferences.ts";
import type { Compared } from "./use-comparison.ts";
import type { PeriodData } from "./use-period-data.ts";

interface ProfileOf {
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

/** The profiles of both sides; null where either has too few days. */
export function comparedProfiles(
  compared: Compared | null,
  timeZone: string,
): { own: ProfileOf; other: ProfileOf } | null {
  if (!compared) return null;
  const of = ({ side, readings }: Compared["own"]): ProfileOf => ({
    profile: profileOf(readings, side, timeZone),
    of: side,
  });
  const [own, other] = [of(compared.own), of(compared.other)];
  return own.profile.isEnough && other.profile.isEnough ? { own, other } : null;
}

export function shownProfile(
  { readings, startMs, endMs, timeZone }: PeriodData,
  sides: ReturnType<typeof comparedProfiles>,
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
  const axis = { top: formatEdge(topMmolL, unit), usual: formatEdge(axisMaxMmolL, unit), unit };
  return [
    t("profileOf", { count: profile.daysWithData, zone: timeZone }),
    ...(hasGaps ? [t("profileGaps", { days: fewestDaysPerHour })] : []),
    ...(topMmolL > axisMaxMmolL ? [curve("summaryAxis", axis)] : []),
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
