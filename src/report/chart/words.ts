import { type Band, bandOf, type Edges, isPlausible } from "#glucose/bands.ts";
import type { GapCause } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Trend } from "#glucose/trend.ts";
import type { Messages } from "#words/messages.ts";

type Words = Messages<"domain">;

export const bandWord = (t: Words, band: Band): string => t(`band.${band}`);

/** What a reading says of itself: warming up, a value that no sensor can mean, or its band. */
export const readingWord = (t: Words, { warmUp, valueMmolL }: Reading, edges: Edges): string => {
  if (warmUp) return t("reading.warmUp");
  return isPlausible(valueMmolL) ? bandWord(t, bandOf(valueMmolL, edges)) : t("reading.implausible");
};

export const gapWord = (t: Words, cause: GapCause): string => t(`gap.${cause}`);

/** The trend in words; an unknown code is shown as it came, and none is said to be none. */
export const trendWord = (t: Words, trend: Trend, code: number | null): string =>
  trend === "unknown" && code !== null ? t("trend.code", { code }) : t(`trend.${trend}`);
