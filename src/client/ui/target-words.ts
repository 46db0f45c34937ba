import type { TargetChoice } from "#glucose/targets.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import { defineMessages } from "../i18n.ts";
import { type Language, usePreferences } from "../preferences.ts";
import { formatList } from "./list.ts";

const useTargetMessages = defineMessages("targets", {
  en: {
    "most-adults": "Most adults",
    "older-high-risk": "Older or high risk",
    pregnancy: "Pregnancy (type 1)",
    "pregnancy-other": "Pregnancy (type 2 or gestational)",
    children: "Children and adolescents",
    "in-hospital": "In hospital",
    own: "The patient’s own",
    ownRange: "The patient’s own ({{from}}–{{to}} {{unit}})",
    ownGoals: "The patient’s own ({{from}}–{{to}} {{unit}}; {{goals}})",
    inRange: "in range > {{percent}} %",
    belowRange: "below < {{percent}} %",
    aboveRange: "above < {{percent}} %",
  },
  "zh-CN": {
    "most-adults": "多数成人",
    "older-high-risk": "老年或高风险",
    pregnancy: "1型糖尿病合并妊娠",
    "pregnancy-other": "2型糖尿病合并妊娠或妊娠期糖尿病",
    children: "儿童和青少年",
    "in-hospital": "住院",
    own: "个体化目标",
    ownRange: "个体化目标（{{from}}–{{to}} {{unit}}）",
    ownGoals: "个体化目标（{{from}}–{{to}} {{unit}}；{{goals}}）",
    inRange: "范围内 > {{percent}}%",
    belowRange: "低于 < {{percent}}%",
    aboveRange: "高于 < {{percent}}%",
  },
});

/** A patient's targets in words: a preset's name, or their own range and goals. `own` is what a choice of them is called. */
export function useTargetWords(): (choice: TargetChoice | "own") => string {
  const t = useTargetMessages();
  const { unit, language } = usePreferences();
  return (choice) => (typeof choice === "string" ? t(choice) : ownWords(t, choice, unit, language));
}

function ownWords(
  t: ReturnType<typeof useTargetMessages>,
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
