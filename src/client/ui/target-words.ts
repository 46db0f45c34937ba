import type { TargetChoice } from "#glucose/targets.ts";
import { targetsInWords } from "#report/target-words.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";

/** A patient's targets in the words on screen. */
export function useTargetWords(): (choice: TargetChoice | "own") => string {
  const t = useMessages("domain", "targets");
  const { unit, language } = usePreferences();
  return (choice) => targetsInWords(choice, { t, unit, language });
}
