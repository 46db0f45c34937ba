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
  return changes.map(({ field, was, became, callAtMs = 0 }) => {
    if (field === "call") {
      const call = { time: caseWords(speech).time(callAtMs), was: String(was), became: String(became) };
      return t(became === null ? "callWithdrawn" : "callCorrected", call);
    }
    return t("changed", {
      field: t(`part.${field}`),
      was: caseValue(field, was, speech),
      became: caseValue(field, became, speech),
    });
  });
}
