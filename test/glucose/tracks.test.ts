import { expect, test } from "vitest";
import { hoursOfTwoSensors, tracksOf } from "#glucose/tracks.ts";
import { readingsOf } from "#test/support/readings.ts";

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 6);
const worn = (sensor: string, fromHour: number, hours: number) =>
  readingsOf(Array(hours * 20).fill(6), { startMs: startMs + fromHour * hourMs, sensor });
const together = (...lists: ReturnType<typeof worn>[]) => lists.flat().sort((a, b) => a.timeMs - b.timeMs);

test("sensors that follow each other are one line, the readings as they are", () => {
  const readings = together(worn("P1", 0, 10), worn("P2", 10, 10));
  expect(tracksOf(readings)).toEqual([readings]);
  expect(tracksOf(readings)[0]).toBe(readings);
  expect(hoursOfTwoSensors(readings)).toBe(0);
});

test("sensors worn at once are lines of their own, and the hours of both are counted", () => {
  const readings = together(worn("P1", 0, 10), worn("P2", 6, 10), worn("P3", 12, 5));
  const tracks = tracksOf(readings);
  expect(tracks.map((track) => [...new Set(track.map(({ sensor }) => sensor))])).toEqual([
    ["P1", "P3"],
    ["P2"],
  ]);
  expect(tracks.flat()).toHaveLength(readings.length);
  expect(hoursOfTwoSensors(readings)).toBe(4 + 4);
});

test("nothing has no hours of two sensors", () => {
  expect(hoursOfTwoSensors([])).toBe(0);
});
