import { expect, test } from "vitest";
import { edgesMmolL } from "#glucose/bands.ts";
import { latestIndex, sideSince } from "#glucose/latest.ts";
import { mergeReadings } from "#glucose/series.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);
const sensorOf = (readings: ReturnType<typeof readingsOf>) => readings[latestIndex(readings)]?.sensor;

test("of two sensors that measure at once it is always the same one that speaks for now", () => {
  const old = readingsOf(Array<number>(60).fill(8));
  const young = readingsOf(Array<number>(30).fill(5), { sensor: "P2", startMs: startMs + 91.5 * minuteMs });
  const both = mergeReadings(old, young);
  for (let length = both.length - 20; length <= both.length; length += 1)
    expect(sensorOf(both.slice(0, length))).toBe("P2");
});

test("one past its warm-up speaks before one that is warming up, and a warming one alone", () => {
  const old = readingsOf(Array<number>(60).fill(8));
  const warm = readingsOf(Array<number>(20).fill(5), {
    sensor: "P2",
    warmUp: true,
    startMs: startMs + 121.5 * minuteMs,
  });
  expect(sensorOf(mergeReadings(old, warm))).toBe("P1");
  expect(sensorOf(warm)).toBe("P2");
});

test("a sensor that fell silent does not, nor a value that no sensor can mean", () => {
  const old = readingsOf([8]);
  const young = readingsOf([5, 5, 40], { sensor: "P2", startMs: startMs + 60 * minuteMs });
  const both = mergeReadings(old, young);
  expect(both[latestIndex(both)]).toMatchObject({ sensor: "P2", valueMmolL: 5 });
  expect(latestIndex([])).toBe(-1);
});

const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);
const since = (values: (number | null)[], fromMs = startMs - 60 * minuteMs) => {
  const readings = readingsOf(values);
  return sideSince(readings, readings.length - 1, edgesMmolL, fromMs);
};

test("below the range counts from the first reading below it, very low or not", () => {
  expect(since([...times(10, 6), ...times(5, 3.5), ...times(5, 2.8)])).toMatchObject({
    side: "below",
    sinceMs: startMs + 30 * minuteMs,
    before: "other-side",
  });
});

test("that no reading was asked for from before is another thing than that there was none", () => {
  expect(since(times(5, 12), startMs - 2 * minuteMs)).toMatchObject({
    side: "above",
    sinceMs: startMs,
    before: "not-asked",
  });
});

test("before a gap, and before the first reading, nobody knows since when", () => {
  expect(since([...times(10, 6), ...times(10, null), ...times(5, 7)])).toMatchObject({
    side: "in",
    sinceMs: startMs + 60 * minuteMs,
    before: "nothing",
  });
  expect(since(times(5, 12))).toMatchObject({ side: "above", sinceMs: startMs, before: "nothing" });
});

test("below and above it is since the episode began, whatever short gap or way back lies within it", () => {
  const low = times(5, 3.5);
  const from = { sinceMs: startMs + 30 * minuteMs, before: "other-side" };
  const gap = since([...times(10, 6), ...low, ...times(8, null), ...low]);
  expect(gap).toMatchObject({ ...from, wasBack: false });
  const wayBack = since([...times(10, 6), ...low, ...times(3, 4.5), ...low]);
  expect(wayBack).toMatchObject({ ...from, wasBack: true });
  expect(since([...times(10, 6), ...low, ...times(5, 4.5), ...low])).toMatchObject({
    sinceMs: startMs + 60 * minuteMs,
    before: "other-side",
  });
  expect(since([...times(10, 6), ...low, ...times(16, null), ...low])).toMatchObject({
    sinceMs: startMs + 93 * minuteMs,
    before: "nothing",
  });
});

test("before it is an episode, it is since the first reading in a row", () => {
  expect(since([...times(10, 6), ...times(2, 3.5), ...times(2, 4.5), 3.5])).toMatchObject({
    sinceMs: startMs + 42 * minuteMs,
    before: "other-side",
  });
});
