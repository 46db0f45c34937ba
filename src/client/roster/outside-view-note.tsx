import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import type { RosterPage } from "#contract/roster.ts";
import type { RosterFilter } from "#contract/roster-query.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { type View, viewSearch } from "./view.ts";

/** Who else a search would find outside the view, and the way there. */
export function OutsideViewNote({
  view,
  outsideFilter,
}: {
  view: View;
  outsideFilter: RosterPage["outsideFilter"];
}) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const offer = (
    where: "foundInArchive" | "foundInList" | "foundWithoutFilters",
    count: number,
    filter: RosterFilter,
  ) =>
    count > 0 && (
      <Text size="sm" mb="xs">
        {t(where, { count, shown: new Intl.NumberFormat(language).format(count) })} –{" "}
        <Anchor component={Link} to={{ search: viewSearch({ ...view, filter }) }} inherit underline="always">
          {t(where === "foundInArchive" ? "showArchive" : "showList")}
        </Anchor>
      </Text>
    );
  return (
    <>
      {offer(view.filter.archived ? "foundInList" : "foundWithoutFilters", outsideFilter.listed, {})}
      {offer("foundInArchive", outsideFilter.archived, { archived: true })}
    </>
  );
}
