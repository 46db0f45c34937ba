import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../api/session.ts";
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
  const me = useQuery(sessionQuery).data?.user.id;
  return {
    time: (timeMs: number) => formatDateTime(timeMs, viewerZone, language),
    person: ({ id, name }: { id: string; name: string | null }) =>
      id === me ? t("you") : (name ?? t("somebody")),
  };
}
