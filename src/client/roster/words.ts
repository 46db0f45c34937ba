import type { RosterFilter } from "#contract/roster-query.ts";
import type { Messages } from "#words/messages.ts";
import type { Column } from "./columns.ts";
import type { View } from "./view.ts";
import type { orders, PublishedSort, usualViews } from "./views.ts";

type Words = Messages<"roster">;

export const columnWord = (t: Words, column: Column): string =>
  column === "name" ? t("field.name") : column === "sensor" ? t("sensor") : t(`column-${column}`);

export const sensorStateWord = (t: Words, state: NonNullable<RosterFilter["sensor"]>): string =>
  state === "ended" ? t("state.ended") : t(`sensor-${state}`);

/** A usual view is called as the one choice that it makes, where that has a name. */
export function viewWord(t: Words, view: keyof typeof usualViews): string {
  if (view === "lowNow") return t("lowNow");
  if (view === "mine") return t("mine");
  if (view === "handed") return t("handedToMe");
  if (view === "waiting") return t("stage-waiting");
  if (view === "lowest") return t("order-time-in-range");
  if (view === "whoFirst") return t("order-who-first");
  return t(`view-${view}`);
}

/** An order, or a published list, by how the address says sort and direction in one word. */
export const orderWord = (t: Words, order: (typeof orders)[number] | PublishedSort): string =>
  t(`order-${order}`);

export const orderOf = ({ sort, down }: View) => `${sort}${down ? "-down" : ""}`;
