import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime, viewerZone } from "../ui/time.ts";

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
  return {
    time: (timeMs: number) => formatDateTime(timeMs, viewerZone, language),
    person: ({ name }: { name: string | null }) => name ?? t("somebody"),
  };
}
