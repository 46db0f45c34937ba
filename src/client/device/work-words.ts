import type { DeviceRow } from "#contract/device-worklist.ts";
import { formatActiveShare } from "#glucose/shares.ts";
import { minuteMs } from "#glucose/time.ts";
import { formatAge, formatDuration, localeOf } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatPercent } from "./share.ts";

export type WorkReason = DeviceRow["reasons"][number];

/** Whether a recall has a sensor of theirs that nobody has told them of. */
export const isUntold = (reasons: readonly WorkReason[]) => reasons.some(({ key }) => key === "recalled");

/** What a reason says, and what to tell the caller about it, in the reader's language. */
export function useWorkWords(nowMs: number) {
  const t = useMessages("device", "work");
  const { language } = usePreferences();
  const length = (ms: number) => formatDuration(ms, language);
  const percent = (value: number) =>
    formatPercent(Number(formatActiveShare(value / 100, 0)), localeOf(language));
  return {
    percent,
    chip: (
      { key, value, limit, days = 14 }: WorkReason,
      { recalled }: Pick<DeviceRow, "recalled">,
    ): string => {
      // Its limit is when what the recall says was changed after they were told.
      if (key === "recalled" && limit > 0)
        return t(recalled === null ? "chip-told-before" : "chip-told-before-serial", {
          serial: recalled ?? "",
          ago: formatAge(nowMs - limit, language),
        });
      if (key === "recalled" && recalled !== null)
        return t("chip-recalled-serial", { serial: recalled, ago: formatAge(nowMs - value, language) });
      if (key === "ended-early") return t("chip-ended-early", { duration: length(limit - value) });
      if (key === "silent") return t("chip-silent", { duration: length(value * minuteMs) });
      if (key === "ends-soon") return t("chip-ends-soon", { duration: length(value - nowMs) });
      if (key === "not-activated") return t("chip-not-activated", { duration: length(value * minuteMs) });
      if (key === "clock-off" || key === "ended" || key === "recalled")
        return t(`chip-${key}`, { ago: formatAge(nowMs - value, language) });
      if (key === "often-silent") return t("chip-often-silent", { count: value });
      return t("chip-little-data", { percent: percent(value), count: days });
    },
    cause: ({ cause }: WorkReason): string | null => (cause ? t(`cause-${cause}`) : null),
    say: (
      { key, limit, cause = "unknown" }: WorkReason,
      { bound, recalled, sensor, case: answer }: Pick<DeviceRow, "bound" | "recalled" | "sensor" | "case">,
    ): string => {
      // What happened is known of a sensor that has a case.
      if (key === "ended-early" && answer !== null && answer.serial === sensor?.serial) {
        const next = bound ?? answer.replacementSerial;
        if (next === null)
          return recalled === null
            ? t("say-ended-early-case")
            : t("say-ended-early-case-recalled", { serial: recalled });
        return t(bound === null ? "say-ended-early-replaced" : "say-ended-early-case-bound", {
          serial: next,
        });
      }
      if (key === "ended-early" && bound !== null) return t("say-ended-early-bound", { serial: bound });
      if (key === "ended-early" && recalled !== null)
        return t("say-ended-early-recalled", { serial: recalled });
      if (key === "little-data" && cause === "no-sensor" && bound !== null)
        return t("say-no-sensor-bound", { serial: bound });
      if (key === "recalled" && limit > 0) return t("say-told-before");
      return key === "little-data" ? t(`say-${cause}`) : t(`say-${key}`);
    },
  };
}
