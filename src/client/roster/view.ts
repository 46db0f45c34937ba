import type { RosterFilter, RosterQuery } from "#contract/roster-query.ts";
import type { RosterSort } from "#contract/roster-view.ts";

/** What the roster shows and in which order. It is the page's address; what is searched for never is. */
export interface View {
  filter: RosterFilter;
  sort: RosterSort;
  down: boolean;
  /** Of Tidepool's list. */
  days?: RosterQuery["days"] | undefined;
}

export const countFilters = ({ filter }: Pick<View, "filter">): number =>
  Object.values(filter).filter((value) => value !== undefined).length;

/**
 * The order of an address that names none: who first where it says nothing at all. With a filter it is by name,
 * as it was when there was no other: saved views and links of then show what they showed.
 */
export const usualSort = (filter: RosterFilter, down: boolean): RosterSort =>
  countFilters({ filter }) > 0 || down ? "name" : "who-first";

/** The view as an address says it; what is usual is left out. */
export function viewSearch({ filter, sort, down, days }: View): string {
  const search = new URLSearchParams();
  const { aroseAfterMs, ...rest } = filter;
  for (const [name, value] of Object.entries(rest)) if (value) search.set(name, value === true ? "1" : value);
  if (aroseAfterMs !== undefined) search.set("new", "1");
  if (sort !== usualSort(filter, down)) search.set("sort", sort);
  if (down) search.set("down", "1");
  if (days && sort === "tidepool") search.set("days", String(days));
  return search.toString();
}
