import fc from "fast-check";
import { expect, test } from "vitest";
import { edgesMmolL } from "#glucose/bands.ts";
import { episodesOf, medianLengthMs } from "#glucose/episodes.ts";
import { mergeReadings } from "#glucose/series.ts";
import { targetsOf } from "#glucose/targets.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);
const day = { startMs, endMs: startMs + 24 * 60 * minuteMs };
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);
const inMinutes = (ms: number) => (ms - startMs) / minuteMs;

test("five readings of 3 minutes below 3.9 are a low, four are not", () => {
  const low = readingsOf([...times(5, 6), ...times(5, 3.5), ...times(10, 6)]);
  const [episode, ...rest] = episodesOf(low, day, "low", edgesMmolL);
  expect(rest).toEqual([]);
  expect(episode).toMatchObject({
    startMs: startMs + 15 * minuteMs,
    endMs: startMs + 30 * minuteMs,
    isCutOff: false,
  });
  expect(
    episodesOf(readingsOf([...times(5, 6), ...times(4, 3.5), ...times(10, 6)]), day, "low", edgesMmolL),
  ).toEqual([]);
});

test.each([
  [5, 3],
  [15, 1],
])("with a sensor of %i minutes, %i readings are 15 minutes", (spacingMin, n) => {
  const values = (count: number) => [...times(10, 6), ...times(count, 11), ...times(10, 6)];
  expect(episodesOf(readingsOf(values(n), { spacingMin }), day, "high", edgesMmolL)).toHaveLength(1);
  expect(episodesOf(readingsOf(values(n - 1), { spacingMin }), day, "high", edgesMmolL)).toEqual([]);
});

test("a rise of less than 15 minutes does not end a low, one of 15 does", () => {
  const around = (rise: number) =>
    readingsOf([...times(10, 3.4), ...times(rise, 4.5), ...times(10, 3.4), ...times(9, 5)]);
  expect(episodesOf(around(4), day, "low", edgesMmolL)).toHaveLength(1);
  expect(episodesOf(around(5), day, "low", edgesMmolL)).toHaveLength(2);
});

test("3.9 and 10.0 are in range; 3.0 is not very low; 13.9 is not very high", () => {
  for (const [value, kind] of [
    [3.9, "low"],
    [3.0, "very-low"],
    [10.0, "high"],
    [13.9, "very-high"],
  ] as const)
    expect(episodesOf(readingsOf(times(20, value)), day, kind, edgesMmolL)).toEqual([]);
});

test("an episode knows its extreme and when, in a low the lowest, in a high the highest", () => {
  const [low] = episodesOf(
    readingsOf([6, 6, 3.6, 3.2, 2.9, 3.4, 3.8, 5, 5, 5, 5, 5]),
    day,
    "low",
    edgesMmolL,
  );
  expect([low?.extremeMmolL, inMinutes(low?.extremeAtMs ?? 0)]).toEqual([2.9, 12]);
  const [high] = episodesOf(readingsOf([6, 6, 11, 12, 15, 12, 11, 5, 5, 5, 5, 5]), day, "high", edgesMmolL);
  expect([high?.extremeMmolL, inMinutes(high?.extremeAtMs ?? 0)]).toEqual([15, 12]);
});

test("more than 120 minutes below 3.9 are an extended low, 120 are not", () => {
  const lasting = (n: number) =>
    episodesOf(readingsOf([...times(n, 3.5), ...times(10, 6)]), day, "low", edgesMmolL)[0];
  expect(lasting(40)).toMatchObject({ endMs: startMs + 120 * minuteMs, isExtended: false });
  expect(lasting(41)).toMatchObject({ endMs: startMs + 123 * minuteMs, isExtended: true });
});

test("a gap of 45 minutes does not end an episode, a longer one does", () => {
  // The reading before the gap and the first after it are 45 minutes apart when 14 are missing.
  const across = (missing: number) =>
    episodesOf(
      readingsOf([...times(8, 3.5), ...times(missing, null), ...times(8, 3.5), ...times(8, 6)]),
      day,
      "low",
      edgesMmolL,
    );
  expect(across(14)).toHaveLength(1);
  const [cut, after] = across(15);
  expect(cut).toMatchObject({ endMs: startMs + 24 * minuteMs, isCutOff: true });
  expect(after).toMatchObject({ isCutOff: false });
});

test("one that lasts to the end of the data is cut off there", () => {
  const [episode] = episodesOf(readingsOf([...times(5, 6), ...times(6, 15)]), day, "very-high", edgesMmolL);
  expect(episode).toMatchObject({ endMs: startMs + 33 * minuteMs, isCutOff: true });
});

test("an episode that was recovering when the data ended, ends with its last reading outside", () => {
  const [episode] = episodesOf(readingsOf([...times(6, 3.5), ...times(3, 5)]), day, "low", edgesMmolL);
  expect(episode).toMatchObject({ endMs: startMs + 18 * minuteMs, isCutOff: true });
});

test("warm-up readings take no part", () => {
  expect(episodesOf(readingsOf(times(20, 3), { warmUp: true }), day, "low", edgesMmolL)).toEqual([]);
});

test("in pregnancy the range ends at 3.5 and 7.8", () => {
  const { edges } = targetsOf.pregnancy;
  const readings = readingsOf([...times(10, 3.6), ...times(10, 8)]);
  expect(episodesOf(readings, day, "low", edges)).toEqual([]);
  expect(episodesOf(readings, day, "high", edges)).toHaveLength(1);
});

test("episodes of one kind never touch, and each holds a reading outside", () => {
  const value = fc.oneof(fc.constantFrom(3.5, 6, 12, null), fc.double({ min: 2, max: 20, noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), fc.constantFrom("low", "high"), (values, kind) => {
      const episodes = episodesOf(readingsOf(values), day, kind, edgesMmolL);
      for (const [index, episode] of episodes.entries()) {
        expect(episode.endMs).toBeGreaterThan(episode.startMs);
        expect(kind === "low" ? episode.extremeMmolL < 3.9 : episode.extremeMmolL > 10).toBe(true);
        expect(episode.startMs).toBeGreaterThanOrEqual(episodes[index - 1]?.endMs ?? 0);
      }
    }),
  );
});

test("a low is found on its own sensor while another one measures, and names it", () => {
  const a = readingsOf([...times(20, 6), ...times(40, 3.5), ...times(20, 6)]);
  const b = readingsOf(times(80, 6), { sensor: "P2", startMs: startMs + 90_000 });
  const both = mergeReadings(a, b);
  expect(episodesOf(both, day, "low", edgesMmolL)).toMatchObject([
    { startMs: startMs + 60 * minuteMs, endMs: startMs + 180 * minuteMs, sensors: ["P1"], isCutOff: false },
  ]);
});

test("lows of two sensors that overlap are one, from the first to the last, with the lowest of both", () => {
  const a = readingsOf([...times(20, 6), ...times(20, 3.5), ...times(20, 6)]);
  const b = readingsOf([...times(30, 6), ...times(20, 2.8), ...times(20, 6)], {
    sensor: "P2",
    startMs: startMs + 90_000,
  });
  expect(episodesOf(mergeReadings(a, b), day, "low", edgesMmolL)).toMatchObject([
    {
      startMs: startMs + 60 * minuteMs,
      endMs: startMs + 151.5 * minuteMs,
      extremeMmolL: 2.8,
      sensors: ["P1", "P2"],
    },
  ]);
});

test("each sensor's own spacing decides what fifteen minutes are", () => {
  const fast = readingsOf([...times(20, 6), ...times(5, 3.5), ...times(20, 6)]);
  const slow = readingsOf([...times(20, 6), ...times(3, 3.5), ...times(20, 6)], {
    sensor: "P2",
    spacingMin: 5,
    startMs: startMs + 135 * minuteMs,
  });
  expect(episodesOf([...fast, ...slow], day, "low", edgesMmolL)).toHaveLength(2);
  const dip = readingsOf([...times(20, 6), 3.5, ...times(20, 6)]);
  expect(episodesOf(dip, day, "low", edgesMmolL)).toEqual([]);
});

test("the median of an even number of lengths lies between the two in the middle, and what was not seen whole has none", () => {
  const seen = { startMs: 0, isBeginSeen: true, isCutOff: false };
  const lasting = (...minutes: number[]) => minutes.map((min) => ({ ...seen, endMs: min * minuteMs }));
  const median = (episodes: ReturnType<typeof lasting>) => {
    const ms = medianLengthMs(episodes);
    return ms === null ? null : ms / minuteMs;
  };
  expect([[126, 54], [51, 21, 60], [9, 1, 4, 2], []].map((one) => median(lasting(...one)))).toEqual([
    90,
    51,
    3,
    null,
  ]);
  const half = { ...seen, endMs: 600 * minuteMs };
  expect(median([...lasting(30), { ...half, isCutOff: true }, { ...half, isBeginSeen: false }])).toBe(30);
});

test("an episode's beginning is seen where a reading before it was within the range, and not at a period's edge or after a gap", () => {
  const low = [...times(10, 3.5), ...times(10, 6)];
  const seen = (readings: ReturnType<typeof readingsOf>, fromMin = 0) =>
    episodesOf(readings, { ...day, startMs: startMs + fromMin * minuteMs }, "low", edgesMmolL).map(
      ({ isBeginSeen }) => isBeginSeen,
    );
  expect(seen(readingsOf([...times(5, 6), ...low]))).toEqual([true]);
  expect(seen(readingsOf(low))).toEqual([false]);
  expect(seen(readingsOf([...times(5, 6), ...times(20, null), ...low]))).toEqual([false]);
  // The period begins with the low, and what came before it is at hand.
  expect(seen(readingsOf([...times(5, 6), ...low]), 15)).toEqual([true]);
  expect(seen(readingsOf([...times(5, 6), ...low]), 18)).toEqual([false]);
});
