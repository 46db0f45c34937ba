import { expect, test } from "vitest";
import { episodesOf } from "#glucose/episodes.ts";
import { targetsFor } from "#glucose/targets.ts";
import { episodeRows, listedEpisodes, printedLows } from "#report/patient/episodes-view.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = Date.UTC(2026, 10, 6);
const times = (n: number, value: number) => Array<number>(n).fill(value);
const targets = targetsFor("most-adults");

function dataOf(values: readonly number[]) {
  const readings = readingsOf(values, { startMs });
  const period = { startMs, endMs: startMs + values.length * 3 * 60_000 };
  const of = (kind: "low" | "high") => episodesOf(readings, period, kind, targets.edges);
  return { ...period, readings, targets, timeZone: "UTC", episodes: { low: of("low"), high: of("high") } };
}

/** From midnight: a low of 30 minutes, one down to 2.8, and from 06:00 on a high. */
const night = [
  ...times(10, 6),
  ...times(10, 3.5),
  ...times(10, 6),
  ...times(10, 2.8),
  ...times(80, 6),
  ...times(10, 11),
  ...times(10, 6),
];

test("each row has its counts by block of the day and its typical length to the minute", () => {
  const rows = episodeRows(dataOf(night)).map(({ key, counts, medianMs }) => [key, counts, medianMs]);
  expect(rows).toEqual([
    ["low", [2, 0, 0, 0], 30 * 60_000],
    ["very-low", [1, 0, 0, 0], 30 * 60_000],
    ["extended", [0, 0, 0, 0], null],
    ["high", [0, 1, 0, 0], 30 * 60_000],
    ["very-high", [0, 0, 0, 0], null],
  ]);
});

test("lows and highs are listed newest first, one that is going on before all; of a chosen row only its own", () => {
  const data = dataOf([...night, ...times(10, 3.6)]);
  const rows = episodeRows(data);
  const kinds = (only: Parameters<typeof listedEpisodes>[1]) =>
    listedEpisodes(rows, only, data, data.endMs).map(({ band, ending }) => `${band} ${ending}`);
  expect(kinds(null)).toEqual(["low ongoing", "high returned", "very-low returned", "low returned"]);
  expect(kinds("very-low")).toEqual(["very-low returned"]);
});

test("a sheet has the eight deepest lows and every extended one before them, newest first", () => {
  const lows = [3.4, 3.8, 3.3, 3.2, 3.1, 3.0, 2.9, 2.8, 2.7];
  const values = [
    ...times(10, 6),
    ...times(50, 3.8),
    ...lows.flatMap((value) => [...times(10, 6), ...times(10, value)]),
    ...times(10, 6),
  ];
  const data = dataOf(values);
  const { kept, count } = printedLows(episodeRows(data), data, data.endMs);
  expect(count).toBe(10);
  expect(kept.map(({ extremeMmolL }) => extremeMmolL)).toEqual([2.7, 2.8, 2.9, 3.0, 3.1, 3.2, 3.3, 3.8]);
  expect(kept.at(-1)?.isExtended).toBe(true);
});
