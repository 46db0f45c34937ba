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
import { publishedDays, rowStates } from "#contract/worklist.ts";
import { reasonKeys } from "#glucose/reason-keys.ts";
import { usualSort, type View } from "./view.ts";

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
  const isSaid = (name: string) => search.get(name) === "1" || undefined;
  const filter: RosterFilter = {
    region: text("region"),
    stage: oneOf([...stages, "unchecked"] as const, search.get("stage")),
    recency: oneOf(recencies, search.get("recency")),
    sensor: oneOf(sensorStates, search.get("sensor")),
    tag: text("tag"),
    reason: oneOf(reasonKeys, search.get("reason")),
    wentVeryLow: isSaid("wentVeryLow"),
    lowNow: isSaid("lowNow"),
    state: oneOf(rowStates, search.get("state")),
    handedToMe: isSaid("handedToMe"),
    isNew: isSaid("new"),
    mine: isSaid("mine"),
    appointments: isSaid("appointments"),
    archived: isSaid("archived"),
  };
  const down = search.get("down") === "1";
  const days = publishedDays.find((count) => String(count) === search.get("days"));
  return { filter, sort: oneOf(rosterSorts, search.get("sort")) ?? usualSort(filter, down), down, days };
}

/** The orders on offer, as the address would say sort and direction in one word. */
export const orders = [
  "who-first",
  "name",
  "name-down",
  "very-low-down",
  "below-range-down",
  "lowest",
  "night-lows-down",
  "in-range-change",
  "time-in-range",
  "time-in-range-down",
  "last-reading",
  "last-reading-down",
  "sensor-end",
  "unreviewed",
  "added-down",
  "appointments",
] as const;

/** Lists as others publish them, which are orders too. */
export const publishedSorts = ["tide", "surf-tide", "tidepool"] as const;
export type PublishedSort = (typeof publishedSorts)[number];

export const publishedSortOf = (sort: RosterSort): PublishedSort | undefined => oneOf(publishedSorts, sort);

/** Views that every clinic needs, by the name of their words. */
export const usualViews = {
  whoFirst: "",
  lowNow: "lowNow=1&sort=who-first",
  everyone: "sort=name",
  mine: "mine=1&sort=who-first",
  handed: "handedToMe=1&sort=who-first",
  appointments: "appointments=1&sort=appointments",
  waiting: "stage=waiting",
  silent: "recency=older&sort=last-reading",
  ending: "sensor=ending&sort=sensor-end",
  lowest: "sort=time-in-range",
} as const;
