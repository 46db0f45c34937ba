import type { WorklistLimits } from "#contract/limits.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import type { Limits } from "#glucose/limits.ts";
import { minuteMs } from "#glucose/time.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatDateTime, formatDuration } from "#words/time.ts";
import { viewerZone } from "./viewer-zone.ts";

/** One of the limits of the list in a sentence. */
export function limitWords(
  t: Messages<"limits">,
  key: keyof Limits,
  value: number,
  { unit, language }: { unit: GlucoseUnit; language: Language },
): string {
  return t(`sentence.${key}`, {
    count: value,
    edge: formatEdge(edgesMmolL.veryHigh, unit),
    unit,
    length: formatDuration(value * minuteMs, language),
  });
}

/** Who has set them, and when. */
export function limitsSetWords(
  t: Messages<"limits">,
  set: WorklistLimits["set"],
  language: Language,
): string {
  if (!set) return t("neverSet");
  const time = formatDateTime(set.atMs, viewerZone, language);
  const { name } = set.by;
  return name === null ? t("setByFormer", { time }) : t("setBy", { name, time });
}
