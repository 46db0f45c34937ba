import type { TargetChoice } from "#glucose/targets.ts";
import { formatEdge } from "#glucose/units.ts";
import { formatList } from "#words/list.ts";
import type { Messages } from "#words/messages.ts";
import type { Preferences } from "#words/preferences.ts";

interface Words extends Preferences {
  readonly t: Messages<"domain", "targets">;
}

/**
 * A patient's targets in words: a preset's name, or their own range and goals.
 * `own` is what a choice of them is called.
 */
export const targetsInWords = (choice: TargetChoice | "own", words: Words): string =>
  typeof choice === "string" ? words.t(choice) : ownInWords(choice, words);

function ownInWords(own: Exclude<TargetChoice, string>, { t, unit, language }: Words): string {
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
