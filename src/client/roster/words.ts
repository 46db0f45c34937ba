import type { RosterFilter } from "#contract/roster-query.ts";
import type { Messages } from "../i18n.ts";
import type { usualViews } from "./view.ts";

type Words = Messages<"roster">;

export const columnWord = (
  t: Words,
  column: "name" | "partnerUid" | "glucose" | "measured" | "ranges" | "sensor" | "region" | "acts",
): string => (column === "name" || column === "region" ? t(`field.${column}`) : t(column));

export const sensorStateWord = (t: Words, state: NonNullable<RosterFilter["sensor"]>): string =>
  state === "ended" ? t("state.ended") : t(`sensor-${state}`);

/** A usual view is called as the one choice that it makes, where that has a name. */
export function viewWord(t: Words, view: keyof typeof usualViews): string {
  if (view === "mine") return t("mine");
  if (view === "waiting") return t("stage-waiting");
  if (view === "lowest") return t("order-time-in-range");
  return t(`view-${view}`);
}
