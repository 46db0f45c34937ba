import type { RosterPage } from "#contract/roster.ts";
import type { RosterFilter } from "#contract/roster-query.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { keepsSearch } from "../ui/use-search-text.ts";
import type { View } from "./view.ts";
import { viewSearch } from "./view-search.ts";

/** Who else a search would find outside the view, or who of today's patients is, and the way there. */
export function OutsideViewNote({
  asked: { view, q },
  outsideFilter,
}: {
  asked: { view: View; q: string };
  outsideFilter: RosterPage["outsideFilter"];
}) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const offer = (
    where:
      | "foundInArchive"
      | "foundInList"
      | "foundWithoutFilters"
      | "appointedInArchive"
      | "appointedInList",
    count: number,
    filter: RosterFilter,
  ) =>
    count > 0 && (
      <p className={`${prose.small} ${layout.belowXs}`}>
        {t(where, { count, shown: new Intl.NumberFormat(language).format(count) })} –{" "}
        <Link
          className={`${prose.link} ${prose.underlined}`}
          to={{ search: viewSearch({ ...view, filter }) }}
          state={keepsSearch}
        >
          {t(filter.archived ? "showArchive" : "showList")}
        </Link>
      </p>
    );
  if (view.filter.appointments && q === "")
    return (
      <>
        {offer("appointedInList", outsideFilter.listed, { appointments: true })}
        {offer("appointedInArchive", outsideFilter.archived, { appointments: true, archived: true })}
      </>
    );
  return (
    <>
      {offer(view.filter.archived ? "foundInList" : "foundWithoutFilters", outsideFilter.listed, {})}
      {offer("foundInArchive", outsideFilter.archived, { archived: true })}
    </>
  );
}
