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
