import { type Percentiles, profileBinMinutes } from "#glucose/profile.ts";
import { formatGlucose } from "#glucose/units.ts";
import { formatPair } from "#words/list.ts";
import type { Messages } from "#words/messages.ts";
import type { Preferences } from "#words/preferences.ts";

/** From the highest down, as they lie on the chart. */
export const percentileNames = ["p95", "p75", "p50", "p25", "p5"] as const;

export const timeOfDay = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

interface Bin {
  minuteOfDay: number;
  own: Percentiles | null;
  /** Of the profile that lies over it. */
  other: Percentiles | null;
}

/** A quarter of an hour, and the values of it line by line. */
export function binInWords(
  { minuteOfDay, own, other }: Bin,
  t: Messages<"details">,
  { unit, language }: Preferences,
): string[] {
  const value = (valueMmolL: number) => `${formatGlucose(valueMmolL, unit)} ${unit}`;
  return [
    `${timeOfDay(minuteOfDay)}–${timeOfDay((minuteOfDay + profileBinMinutes) % 1440)}`,
    ...(own
      ? percentileNames.map((name) => formatPair(t(name), value(own[name]), language))
      : [t("profileEmpty")]),
    ...(other ? [t("otherMedianOf", { value: value(other.p50) })] : []),
  ];
}
