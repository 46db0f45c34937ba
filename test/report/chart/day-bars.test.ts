import { expect, test } from "vitest";
import { dayRangesOf } from "#glucose/day-ranges.ts";
import { createCurve, daysOnceAsked } from "#report/chart/curve-model.ts";
import { dayBars, isByDay } from "#report/chart/day-bars.ts";
import { yOf } from "#report/chart/plot.ts";
import { readingsOf } from "#test/support/readings.ts";

const dayMs = 24 * 3_600_000;
const startMs = Date.UTC(2026, 7, 1);
const plot = { x: 40, y: 10, width: 900, height: 194, startMs, endMs: startMs + 90 * dayMs };
const onDay = (day: number, values: number[]) => readingsOf(values, { startMs: startMs + day * dayMs });

test("ninety days are drawn by day, a week reading by reading", () => {
  expect(isByDay(plot, plot)).toBe(true);
  expect(isByDay({ startMs, endMs: startMs + 7 * dayMs }, plot)).toBe(false);
});

test("each day's bar touches its lowest and its highest reading, its line the median, and a day without readings has none", () => {
  const readings = [...onDay(0, [6, 2.4, 7]), ...onDay(2, [8, 8, 17.3, 9])];
  const days = dayRangesOf(readings, "UTC");
  expect(days.map(({ startMs: at }) => (at - startMs) / dayMs)).toEqual([0, 2]);
  const { bars, medians } = dayBars(days, plot);
  const y = (value: number) => Math.round(yOf(plot, value) * 10) / 10;
  expect(bars.match(/M/g)).toHaveLength(2);
  const heights = [...bars.matchAll(/M[\d.]+ ([\d.]+)H[\d.]+V([\d.]+)/g)].map(([, top, foot]) =>
    [top, foot].map(Number),
  );
  expect(heights).toEqual([
    [y(7), y(2.4)],
    [y(17.3), y(8)],
  ]);
  expect(medians).toContain(` ${y(6)}H`);
  expect(medians).toContain(` ${y(8.5)}H`);
});

test("warm-up and values that no sensor can mean are in no day's range", () => {
  const readings = [
    ...readingsOf([15], { startMs, warmUp: true }),
    ...readingsOf([6, 0.4], { startMs: startMs + 180_000 }),
  ];
  expect(dayRangesOf(readings, "UTC")).toMatchObject([{ lowestMmolL: 6, highestMmolL: 6 }]);
});

test("what a day's reading weighs is its sensor's spacing as the warm-up tells it too", () => {
  const later = { sensor: "P2", spacingMin: 15 };
  const readings = [
    ...readingsOf([5, 5, 5, 5, 5], { startMs }),
    ...readingsOf([9, 9, 9, 9], { ...later, startMs: startMs + 3_600_000, warmUp: true }),
    ...readingsOf([9, 9], { ...later, startMs: startMs + 2 * 3_600_000 }),
  ];
  expect(daysOnceAsked(createCurve(readings), "UTC")()).toMatchObject([{ medianMmolL: 9 }]);
});

test("a highest value above the axis is told as clipped", () => {
  const { clippedMmolL } = dayBars(dayRangesOf(onDay(1, [6, 21]), "UTC"), plot);
  expect(clippedMmolL).toEqual([21]);
});
