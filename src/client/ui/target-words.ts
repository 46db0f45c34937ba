import type { TargetChoice } from "#glucose/targets.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import type { Language } from "#words/language.ts";
import { formatList } from "#words/list.ts";
import type { Messages } from "#words/messages.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";

/**
 * A patient's targets in words: a preset's name, or their own range and goals.
 * `own` is what a choice of them is called.
 */
export function useTargetWords(): (choice: TargetChoice | "own") => string {
  const t = useMessages("domain", "targets");
  const { unit, language } = usePreferences();
  return (choice) => (typeof choice === "string" ? t(choice) : ownWords(t, choice, unit, language));
}

function ownWords(
  t: Messages<"domain", "targets">,
  own: Exclude<TargetChoice, string>,
  unit: GlucoseUnit,
  language: Language,
): string {
  const range = { from: formatEdge(own.low, unit), to: formatEdge(own.high, unit), unit };
  const goals = [
    own.inRangeMin !== undefined && t("inRange", { percent: own.inRangeMin }),
    own.belowRangeMax !== undefined && t("belowRange", { percent: own.belowRangeMax }),
    own.aboveRangeMax !== undefined && t("aboveRange", { percent: own.aboveRangeMax }),
  ].filter((words) => words !== false);
  return goals.length > 0
    ? t("ownGoals", { ...range, goals: formatList(goals, language) })
    : t("ownRange", range);
}
