import { caseStates } from "#contract/case-fields.ts";
import type { CaseEdit, CaseFields } from "#contract/cases.ts";
import { type CaseSpeech, caseWords } from "./case-words.ts";

/** What a field is, in words. */
export function caseValue(
  field: keyof CaseFields,
  given: string | number | null | undefined,
  speech: CaseSpeech,
): string {
  const { t } = speech;
  if (field === "receivedAtMs") return typeof given === "number" ? caseWords(speech).time(given) : t("none");
  const state = field === "state" && caseStates.find((one) => one === given);
  return state ? t(`caseState.${state}`) : String(given || t("none"));
}

/** What each field was and became. */
export function caseChanges({ changes }: CaseEdit, speech: CaseSpeech): string[] {
  const { t } = speech;
  if (changes === null) return [t("unreadable")];
  if (changes.length === 0) return [t("wasOpened")];
  return changes.map(({ field, was, became, callAtMs = 0, isWithheld }) => {
    const told = (value: string | number | null) =>
      isWithheld && value === null
        ? t("withheld")
        : field === "call"
          ? String(value)
          : caseValue(field, value, speech);
    const texts = { was: told(was), became: told(became) };
    if (field !== "call") return t("changed", { field: t(`part.${field}`), ...texts });
    const isWithdrawn = became === null && !isWithheld;
    return t(isWithdrawn ? "callWithdrawn" : "callCorrected", {
      time: caseWords(speech).time(callAtMs),
      ...texts,
    });
  });
}
