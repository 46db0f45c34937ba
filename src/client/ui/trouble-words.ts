import type { ImportTrouble } from "#contract/import.ts";
import { formatAside } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";

const codes = [
  "platform-unreachable",
  "platform-timeout",
  "platform-unauthorized",
  "platform-refused",
  "platform-error",
  "platform-malformed",
  "platform-mixed-up",
  "platform-busy",
  "internal",
] as const;

/** Why a row or a whole file did not go through, with what the platform itself said. */
export function useTroubleWords(): (trouble: ImportTrouble) => string {
  const t = useMessages("ui");
  const { language } = usePreferences();
  return ({ code, platformCode, platformMessage }) => {
    const known = codes.find((one) => one === code);
    const words = known ? t(`code.${known}`) : t("code.other", { code });
    const said = [platformCode, platformMessage].filter((part) => part !== null && part !== "").join(": ");
    return said ? formatAside(words, said, language) : words;
  };
}
