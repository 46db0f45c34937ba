import type { DeviceRecall } from "#contract/recalls.ts";
import type { Recalled } from "#sensor/recall-advice.ts";
import type { Language } from "#words/language.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";

const otherThan: Record<Language, Language> = { en: "zh-CN", "zh-CN": "en" };

/** The latest that its wearer was told of all of them, as they say it now. */
function toldIn(recalls: readonly DeviceRecall[]): Recalled["told"] {
  const told = recalls.flatMap(({ contact, isToldBefore }) =>
    contact && !isToldBefore && contact.outcome !== "not-reached"
      ? { outcome: contact.outcome, atMs: contact.atMs }
      : [],
  );
  if (told.length < recalls.length) return null;
  return told.toSorted((a, b) => b.atMs - a.atMs)[0] ?? null;
}

/** What advice has to know of a sensor's recalls; null without any. */
export const recalledBy = (recalls: readonly DeviceRecall[]): Recalled | null =>
  recalls.length === 0
    ? null
    : {
        told: toldIn(recalls),
        hasInstruction: recalls.some(({ instruction }) => instruction.en ?? instruction["zh-CN"]),
      };

/** What recalls say to wearers, in the reader's language or named as the other one; to whom it is said unless they wear one. */
export function useRecallWords(): (recalls: readonly DeviceRecall[], isWorn: boolean) => string {
  const t = useMessages("device", "advice");
  const { language } = usePreferences();
  const other = otherThan[language];
  return (recalls, isWorn) => {
    const each = recalls.flatMap(
      ({ instruction }) =>
        instruction[language] ?? (instruction[other] ? t(`in-${other}`, { words: instruction[other] }) : []),
    );
    const said = [...new Set(each)].join(language === "en" ? " " : "");
    return said && !isWorn ? t("wearers", { words: said }) : said;
  };
}
