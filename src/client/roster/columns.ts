import type { RosterSort } from "#contract/roster-view.ts";
import { useMedia } from "../ui/use-media.ts";

const columns = [
  "name",
  "glucose",
  "reasons",
  "below",
  "lowest",
  "nights",
  "change",
  "ranges",
  "sensor",
  "reviewed",
  "acts",
] as const;
export type Column = (typeof columns)[number];

/** What the list is ordered by is in sight at every width. */
const columnOf: Partial<Record<RosterSort, Column>> = {
  name: "name",
  "who-first": "reasons",
  "last-reading": "glucose",
  "time-in-range": "ranges",
  "below-range": "below",
  "very-low": "below",
  lowest: "lowest",
  "night-lows": "nights",
  "in-range-change": "change",
  "sensor-end": "sensor",
  unreviewed: "reviewed",
};

const always: readonly Column[] = ["name", "glucose", "reasons", "acts"];
const byWidth = {
  cards: ["ranges", "sensor"],
  narrow: [],
  middling: ["ranges"],
  wide: ["ranges", "sensor"],
  widest: ["below", "lowest", "ranges", "sensor", "reviewed"],
} as const satisfies Record<string, readonly Column[]>;

/** Which columns there are at this width; in cards, from what is `narrow` on in a table. */
export function useColumns(
  sort: RosterSort,
  hasActs: boolean,
): { columns: Column[]; sorted: Column | undefined } {
  const isCards = useMedia("(width < 48em)");
  const isNarrow = useMedia("(width < 68em)");
  const isMiddling = useMedia("(width < 88em)");
  const isWide = useMedia("(width < 112em)");
  const width = isCards
    ? "cards"
    : isNarrow
      ? "narrow"
      : isMiddling
        ? "middling"
        : isWide
          ? "wide"
          : "widest";
  const sorted = columnOf[sort];
  const shown: readonly Column[] = [...always, ...byWidth[width], ...(sorted ? [sorted] : [])];
  return {
    columns: columns.filter((column) => shown.includes(column) && (column !== "acts" || hasActs)),
    sorted,
  };
}
