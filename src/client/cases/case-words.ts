import type { CaseEdit } from "#contract/cases.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { viewerZone } from "../ui/viewer-zone.ts";

const counted = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;

/** "Third call". */
export function useCallWords(): (count: number) => string {
  const t = useMessages("cases");
  return (count) => {
    const word = counted[count - 1];
    return word ? t(`nth.${word}`) : t("nth.more", { count });
  };
}

export function useCaseWords() {
  const t = useMessages("cases");
  const { language } = usePreferences();
  const time = (timeMs: number) => formatDateTime(timeMs, viewerZone, language);
  const person = ({ name }: { name: string | null }) => name ?? t("somebody");
  return {
    time,
    zone: t("zone", { zone: viewerZone }),
    person,
    /** "20 Nov 2026, 14:05 · Sam" */
    edited: ({ atMs, by }: Pick<CaseEdit, "atMs" | "by">) => `${time(atMs)} · ${person(by)}`,
  };
}
