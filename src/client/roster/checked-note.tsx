import type { RosterFacets } from "#contract/roster.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { formatAge } from "../ui/time.ts";
import { foundFilters, type View } from "./view.ts";

/** How old the knowledge is that a filter or an order rests on. */
export function CheckedNote({ view, facets }: { view: View; facets: RosterFacets }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const nowMs = useNow();
  const { unchecked, oldestCheckMs } = facets;
  const rests = foundFilters.some((name) => view.filter[name]) || !["name", "added"].includes(view.sort);
  if (!rests) return null;
  return (
    <p className={`${prose.note} ${layout.belowXs}`}>
      <Sentences>
        {oldestCheckMs !== null && t("checked", { age: formatAge(nowMs - oldestCheckMs, language) })}
        {view.sort === "time-in-range" && t("fewDataLast")}
        {unchecked > 0 &&
          t("unchecked", { count: unchecked, shown: new Intl.NumberFormat(language).format(unchecked) })}
      </Sentences>
    </p>
  );
}
