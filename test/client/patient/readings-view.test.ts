import { expect, test } from "vitest";
import { isSortable, newestFirst, sortBy, sortedReadings } from "#client/patient/readings-view.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = Date.UTC(2026, 10, 6);
const readings = readingsOf([5, 9, 3, 7], { startMs });
const window = { startMs, endMs: startMs + 9 * 60_000 };

test("only the readings of the window are there, newest first", () => {
  expect(sortedReadings(readings, window, newestFirst).map(({ valueMmolL }) => valueMmolL)).toEqual([
    3, 9, 5,
  ]);
});

test("a column sorts downwards first, and the other way round when it is pressed again", () => {
  const down = sortBy("value", newestFirst);
  expect(sortedReadings(readings, window, down).map(({ valueMmolL }) => valueMmolL)).toEqual([9, 5, 3]);
  const up = sortBy("value", down);
  expect(sortedReadings(readings, window, up).map(({ valueMmolL }) => valueMmolL)).toEqual([3, 5, 9]);
  expect(sortBy("time", up)).toEqual(newestFirst);
});

test("words are not sorted by", () => {
  expect(["time", "value", "delay"].every((column) => isSortable(column as "time"))).toBe(true);
  expect(isSortable("sensor")).toBe(false);
});
