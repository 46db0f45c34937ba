import type { RosterFilter } from "#contract/roster-query.ts";
import {
  isOfView,
  type RosterSort,
  recencies,
  rosterSorts,
  sensorStates,
  stages,
} from "#contract/roster-view.ts";
import { beginningOf } from "#contract/text.ts";

/** What the roster shows and in which order. It is the page's address; what is searched for never is. */
export interface View {
  filter: RosterFilter;
  sort: RosterSort;
  down: boolean;
}

/** The filters that come from what was found when a patient's data was last looked at. */
export const foundFilters = ["stage", "recency", "sensor"] as const;

const oneOf = <T extends string>(known: readonly T[], text: string | null): T | undefined =>
  known.find((value) => value === text);

/** What an address says that is no view, as it says it; nothing is shown in its place. */
export const viewFaults = (search: URLSearchParams): string[] =>
  [...search].flatMap(([name, value]) =>
    value === "" || isOfView(name, value) ? [] : `${name}=${beginningOf(value, 60)}`,
  );

/** The view of an address without faults. */
export function parseView(search: URLSearchParams): View {
  const text = (name: string) => search.get(name) || undefined;
  const filter: RosterFilter = {
    region: text("region"),
    stage: oneOf([...stages, "unchecked"] as const, search.get("stage")),
    recency: oneOf(recencies, search.get("recency")),
    sensor: oneOf(sensorStates, search.get("sensor")),
    tag: text("tag"),
    mine: search.get("mine") === "1" || undefined,
    appointments: search.get("appointments") === "1" || undefined,
    archived: search.get("archived") === "1" || undefined,
  };
  return {
    filter,
    sort: oneOf(rosterSorts, search.get("sort")) ?? "name",
    down: search.get("down") === "1",
  };
}

/** The orders on offer, as the address would say sort and direction in one word. */
export const orders = [
  "name",
  "name-down",
  "last-reading",
  "last-reading-down",
  "time-in-range",
  "time-in-range-down",
  "sensor-end",
  "added-down",
  "appointments",
] as const;

export const countFilters = ({ filter }: View): number =>
  Object.values(filter).filter((value) => value !== undefined).length;

/** Views that every clinic needs, by the name of their words. */
export const usualViews = {
  everyone: "",
  mine: "mine=1",
  appointments: "appointments=1&sort=appointments",
  waiting: "stage=waiting",
  silent: "recency=older&sort=last-reading",
  ending: "sensor=ending&sort=sensor-end",
  lowest: "sort=time-in-range",
} as const;
