import type { LeftOut } from "#contract/readings.ts";
import { isPlausible, plausibleMmolL } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import { formatEdge } from "#glucose/units.ts";
import type { Messages } from "#words/messages.ts";
import type { Preferences } from "#words/preferences.ts";
import { formatDateTime } from "#words/time.ts";

interface Words extends Preferences {
  readonly t: Messages<"patient", "page">;
  readonly timeZone: string;
}

/** A part of a period that the platform could not be read for. */
export function unreadInWords({ startMs, endMs }: Span, { t, timeZone, language }: Words): string {
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  return t("unread", { from: at(startMs), to: at(endMs) });
}

/** What of the platform's records is not in the numbers, and what was sent twice. */
export function leftOutInWords(
  { malformed, contradicting, duplicates }: LeftOut,
  /** Those of the period. */
  readings: readonly Reading[],
  { t, unit }: Words,
): { missing: string[]; twice: string[] } {
  const implausible = readings.filter(({ valueMmolL }) => !isPlausible(valueMmolL)).length;
  return {
    missing: [
      ...(malformed > 0 ? [t("leftOut", { count: malformed })] : []),
      ...(contradicting > 0 ? [t("contradicting", { count: contradicting })] : []),
      ...(implausible > 0
        ? [
            t("implausible", {
              count: implausible,
              min: formatEdge(plausibleMmolL.min, unit),
              max: formatEdge(plausibleMmolL.max, unit),
              unit,
            }),
          ]
        : []),
    ],
    twice: duplicates > 0 ? [t("duplicates", { count: duplicates })] : [],
  };
}
