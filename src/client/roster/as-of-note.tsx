import { useQuery } from "@tanstack/react-query";
import type { RosterFacets } from "#contract/roster.ts";
import { hourMs, minuteMs } from "#glucose/time.ts";
import { formatAge, formatDateTime, formatTime } from "#words/time.ts";
import { aboutQuery } from "../api/about.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Sentences } from "../ui/sentences.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import type { View } from "./view.ts";

/** Within this everybody is to have been seen. */
const soonMs = 15 * minuteMs;

/** How far behind the list is, and why. */
export function AsOfNote({ view, facets }: { view: View; facets: RosterFacets }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const nowMs = useNow();
  const silentSinceMs = useQuery(aboutQuery).data?.notAnsweringSinceMs ?? null;
  const { unchecked, late, total, oldestCheckMs } = facets;
  const number = new Intl.NumberFormat(language);
  const shares = (count: number) => ({ count, shown: number.format(count), total: number.format(total) });
  const isSoon = oldestCheckMs !== null && nowMs - oldestCheckMs <= soonMs;
  const time = (timeMs: number) =>
    (nowMs - timeMs < 12 * hourMs ? formatTime : formatDateTime)(timeMs, viewerZone, language);
  return (
    <Sentences>
      {unchecked > 0 && <strong>{t("unchecked", shares(unchecked))}</strong>}
      {oldestCheckMs !== null &&
        (isSoon
          ? unchecked === 0 && t("seenSoon")
          : // "15 minutes ago" beside "more than 15 minutes ago" would contradict it.
            nowMs - oldestCheckMs >= soonMs + minuteMs &&
            t("seenOldest", { age: formatAge(nowMs - oldestCheckMs, language) }))}
      {silentSinceMs !== null && t("platformSilent", { time: time(silentSinceMs) })}
      {late > 0 && t("late", shares(late))}
      {view.sort === "time-in-range" && t("fewDataLast")}
    </Sentences>
  );
}
