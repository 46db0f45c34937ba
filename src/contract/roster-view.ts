import { reasonKeys } from "#glucose/reason-keys.ts";
import { isRegion } from "./region.ts";
import { isStorable } from "./text.ts";
import { publishedDays, rowStates } from "./worklist.ts";

export const stages = ["waiting", "warming-up", "reading"] as const;
/**
 * How old the last reading was when it was last looked for: up to 30 minutes, up to a
 * day, up to 30 days, none in 30 days.
 */
export const recencies = ["current", "day", "older", "none"] as const;
/** The sensor of the last reading: worn; worn, with two days or less to go; ended; none seen in 30 days. */
export const sensorStates = ["worn", "ending", "ended", "none"] as const;
/** `appointments` is the order in which they were given for today. The last three are published lists, which have no other direction. */
export const rosterSorts = [
  "who-first",
  "name",
  "last-reading",
  "time-in-range",
  "below-range",
  "very-low",
  "lowest",
  "night-lows",
  "in-range-change",
  "sensor-end",
  "added",
  "appointments",
  "unreviewed",
  "tide",
  "surf-tide",
  "tidepool",
] as const;
export type RosterSort = (typeof rosterSorts)[number];

const isOneOf = (known: readonly string[]) => (value: string) => known.includes(value);

const parameters: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ["region", isRegion],
  ["stage", isOneOf([...stages, "unchecked"])],
  ["recency", isOneOf(recencies)],
  ["sensor", isOneOf(sensorStates)],
  ["tag", (value: string) => value.length <= 40 && isStorable(value)],
  ["reason", isOneOf(reasonKeys)],
  ["wentVeryLow", isOneOf(["1"])],
  ["lowNow", isOneOf(["1"])],
  ["state", isOneOf(rowStates)],
  ["handedToMe", isOneOf(["1"])],
  ["new", isOneOf(["1"])],
  ["days", isOneOf(publishedDays.map(String))],
  ["appointments", isOneOf(["1"])],
  ["mine", isOneOf(["1"])],
  ["archived", isOneOf(["1"])],
  ["sort", isOneOf(rosterSorts)],
  ["down", isOneOf(["1"])],
]);

/** Whether the list's address may say this of its view. */
export const isOfView = (parameter: string, value: string): boolean =>
  parameters.get(parameter)?.(value) ?? false;
