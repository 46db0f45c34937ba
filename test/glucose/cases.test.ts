import { expect, test } from "vitest";
import { edgesMmolL } from "#glucose/bands.ts";
import { episodesOf } from "#glucose/episodes.ts";
import { gapsOf } from "#glucose/gaps.ts";
import { sensorClockOf } from "#glucose/sensor-clock.ts";
import { mergeReadings } from "#glucose/series.ts";
import { statisticsOf, sufficiencyOf } from "#glucose/statistics.ts";
import { readingsOf } from "#test/support/readings.ts";

/** Series that were once shown wrongly, built here as they were then. */
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 10, 6);
const flat = (n: number, value = 6) => Array<number>(n).fill(value);
const life = (activatedAtMs: number, endedAtMs: number | null = null) => ({ activatedAtMs, endedAtMs });

test("every second packet lost for 14 days: half of what was expected, not judged, every three minutes, clock fine", () => {
  const readings = readingsOf(flat(14 * 480)).filter((_, i) => i % 2 === 0);
  const period = { startMs, endMs: startMs + 14 * dayMs };
  const statistics = statisticsOf(readings, period, edgesMmolL, new Map([["P1", life(startMs)]]));
  expect(statistics).toMatchObject({ n: 3360, expected: 6720, activeShare: 0.5, spacingsMs: [3 * minuteMs] });
  expect(sufficiencyOf(statistics, 14 * dayMs).isDenseEnough).toBe(false);
  expect(sensorClockOf(readings)).toEqual({ driftMin: 0, jumps: [] });
});

test("ten days of 3 minutes and four of 5, a low of just 15 minutes on each: two lows", () => {
  const withLow = (days: number, spacingMin: number, from: number, sensor: string) => {
    const n = (days * 24 * 60) / spacingMin;
    const values = flat(n).map((value, i) => (i >= 100 && i < 100 + 15 / spacingMin ? 3.5 : value));
    return readingsOf(values, { spacingMin, sensor, startMs: from });
  };
  const readings = [...withLow(10, 3, startMs, "P1"), ...withLow(4, 5, startMs + 10 * dayMs, "P2")];
  const period = { startMs, endMs: startMs + 14 * dayMs };
  expect(episodesOf(readings, period, "low", edgesMmolL)).toHaveLength(2);
});

test("eleven days of 3 minutes and three of 15 with 20 s of jitter: no gap, and all that was expected", () => {
  const fast = readingsOf(flat(11 * 480));
  const slow = readingsOf(flat(3 * 96), { spacingMin: 15, sensor: "P2", startMs: startMs + 11 * dayMs });
  const jittered = slow.map((reading, i) => ({ ...reading, timeMs: reading.timeMs + (i % 2) * 20_000 }));
  const readings = [...fast, ...jittered];
  const period = { startMs, endMs: startMs + 14 * dayMs };
  const lives = new Map([
    ["P1", life(startMs, startMs + 11 * dayMs)],
    ["P2", life(startMs + 11 * dayMs)],
  ]);
  expect(gapsOf(readings, period, lives)).toEqual([]);
  expect(statisticsOf(readings, period, edgesMmolL, lives)).toMatchObject({ n: 5568, expected: 5568 });
});

test("two sensors 90 s apart, one low for two hours: one low of two hours on it, and every hour counts once", () => {
  const values = flat(480).map((value, i) => (i >= 200 && i < 240 ? 3.5 : value));
  const a = readingsOf(values, { sensor: "A" });
  const b = readingsOf(flat(480), { sensor: "B", startMs: startMs + 90_000 });
  const readings = mergeReadings(a, b);
  const period = { startMs, endMs: startMs + dayMs };
  const [low, ...rest] = episodesOf(readings, period, "low", edgesMmolL);
  expect(rest).toEqual([]);
  expect([low?.sensors, ((low?.endMs ?? 0) - (low?.startMs ?? 0)) / hourMs]).toEqual([["A"], 2]);
  const { timeIn, coveredShare, n, expected } = statisticsOf(readings, period, edgesMmolL);
  expect(timeIn?.low).toBeCloseTo(1 / 24, 3);
  expect(coveredShare).toBeCloseTo(1, 2);
  expect([n, expected]).toEqual([960, 960]);
});

test("eight readings of a 15-minute sensor after midnight are two thirds of the three hours, not 13 %", () => {
  const day = readingsOf(flat(96), { spacingMin: 15 });
  const after = readingsOf(flat(8), { spacingMin: 15, startMs: startMs + dayMs, packet: null }).map(
    (reading, i) => ({ ...reading, packet: 97 + i }),
  );
  const period = { startMs: startMs + dayMs, endMs: startMs + 27 * hourMs };
  const lives = new Map([["P1", life(startMs)]]);
  const { n, expected, activeShare } = statisticsOf([...day, ...after], period, edgesMmolL, lives);
  expect([n, expected]).toEqual([8, 12]);
  expect(activeShare).toBeCloseTo(2 / 3, 6);
});

test("a sensor of one reading an hour is complete with 24 a day", () => {
  const hourly = readingsOf(flat(24, 12), { spacingMin: 60 });
  const statistics = statisticsOf(hourly, { startMs, endMs: startMs + dayMs }, edgesMmolL);
  expect(statistics).toMatchObject({ expected: 24, activeShare: 1, coveredShare: 1 });
});
