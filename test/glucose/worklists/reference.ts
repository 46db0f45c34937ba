import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Band } from "#glucose/bands.ts";
import type { PublishedFigures, Stretches } from "#glucose/worklists/published.ts";

const read = (file: string) => readFileSync(join(import.meta.dirname, "reference", file), "utf8");

/** Figures of a stretch from counts of readings; none of them: nothing was worn. */
export function figuresOf(expected: number, counts: Readonly<Record<Band, number>>): PublishedFigures {
  const n = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (n === 0) return { wornShare: 0, timeIn: null };
  return {
    wornShare: n / expected,
    timeIn: {
      "very-low": counts["very-low"] / n,
      low: counts.low / n,
      "in-range": counts["in-range"] / n,
      high: counts.high / n,
      "very-high": counts["very-high"] / n,
    },
  };
}

function stretchOf(cells: readonly string[]): PublishedFigures | null {
  if (cells[0] === "") return null;
  const [expected = 0, veryLow = 0, low = 0, inRange = 0, high = 0, veryHigh = 0] = cells.map(Number);
  return figuresOf(expected, { "very-low": veryLow, low, "in-range": inRange, high, "very-high": veryHigh });
}

/** The invented patients of reference/README.md. What a patient is there for may have commas. */
export const patients: readonly (Stretches & { readonly id: string })[] = read("patients.csv")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const cells = line.split(",");
    return {
      id: cells[0] ?? "",
      latest: stretchOf(cells.slice(-12, -6)),
      earlier: stretchOf(cells.slice(-6)),
    };
  });

/** By patient; the lists in order. */
export const expected: {
  readonly tide: readonly (readonly [string, number])[];
  readonly surfTide: readonly (readonly [string, number, number | null])[];
  readonly surfTide20: readonly (readonly [string, number, number | null])[];
  readonly tidepool: readonly (readonly [string, string])[];
  readonly noEarlier: Readonly<Record<string, string>>;
} = JSON.parse(read("expected.json"));
