import { expect, test } from "vitest";
import { edgesMmolL } from "#glucose/bands.ts";
import { lastEpisode } from "#glucose/episodes.ts";
import { nowStateOf } from "#glucose/now-state.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);
const state = (values: (number | null)[]) => nowStateOf(readingsOf(values), edgesMmolL);
const at = (minutes: number) => startMs + minutes * minuteMs;

test("very low is since below that edge, low since below the range", () => {
  const falling = [...times(10, 6), ...times(5, 3.5), ...times(5, 2.8)];
  expect(state(falling)).toMatchObject({ band: "very-low", sinceMs: at(45), isAtLeast: false });
  expect(state([...falling, 3.4])).toMatchObject({ band: "low", sinceMs: at(30), isAtLeast: false });
});

test("very high is since above that edge, high since above the range", () => {
  const rising = [...times(10, 6), ...times(5, 12), ...times(5, 15)];
  expect(state(rising)).toMatchObject({ band: "very-high", sinceMs: at(45), isAtLeast: false });
  expect(state([...rising, 12])).toMatchObject({ band: "high", sinceMs: at(30), isAtLeast: false });
});

test("a low is since its episode began, a short gap within it or not", () => {
  const values = [...times(10, 6), ...times(10, 3.5), ...times(8, null), ...times(5, 3.4)];
  const episode = lastEpisode(readingsOf(values), "low", edgesMmolL);
  expect(state(values)).toMatchObject({ band: "low", sinceMs: episode?.startMs, isAtLeast: false });
  expect(episode?.startMs).toBe(at(30));
});

test("a longer gap, or the first reading, hides since when", () => {
  const values = [...times(10, 6), ...times(10, 3.5), ...times(16, null), ...times(5, 3.4)];
  expect(state(values)).toMatchObject({ sinceMs: at(108), isAtLeast: true });
  expect(state(times(10, 2.5))).toMatchObject({ band: "very-low", sinceMs: at(0), isAtLeast: true });
});

test("in range is since the last reading that was not, or since a gap", () => {
  expect(state([...times(5, 3.5), ...times(5, 6)])).toMatchObject({ sinceMs: at(15), isAtLeast: false });
  expect(state([...times(5, 6), ...times(8, null), 6])).toMatchObject({ sinceMs: at(39), isAtLeast: true });
});

test("where glucose is heading is a quarter of an hour of its trend away, in steps of half a millimole", () => {
  const heading = (value: number, trend: number) =>
    nowStateOf(readingsOf([6, value], { trend }), edgesMmolL)?.projectedMmolL;
  expect([heading(3.5, 1), heading(3.2, 20), heading(3.2, 10), heading(1.2, 20)]).toEqual([3.5, 1.5, 2.5, 0]);
  expect([heading(15, 15), heading(15, 5), heading(15, 99)]).toEqual([16.5, 16, 15]);
  // After a gap the trend says nothing.
  expect(
    nowStateOf(readingsOf([6, ...times(20, null), 3.2], { trend: 20 }), edgesMmolL)?.projectedMmolL,
  ).toBe(3);
});
