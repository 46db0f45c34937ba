import { caseStates } from "#contract/case-fields.ts";
import type { CaseEdit } from "#contract/cases.ts";
import { useMessages } from "../i18n.ts";
import { useCaseWords } from "./case-words.ts";
import type { Field, Typed } from "./edits.ts";

/** What a field was and became, in words. */
export function useChanges() {
  const t = useMessages("cases");
  const words = useCaseWords();
  const value = (field: Field, given: Typed[Field]) => {
    if (field === "receivedAtMs") return typeof given === "number" ? words.time(given) : t("none");
    const state = field === "state" && caseStates.find((one) => one === given);
    return state ? t(`caseState.${state}`) : String(given || t("none"));
  };
  return {
    value,
    changes: ({ changes }: CaseEdit): string[] => {
      if (changes === null) return [t("unreadable")];
      if (changes.length === 0) return [t("wasOpened")];
      return changes.map(({ field, was, became }) =>
        t("changed", {
          field: t(`part.${field}`),
          was: value(field, was),
          became: value(field, became),
        }),
      );
    },
  };
}
