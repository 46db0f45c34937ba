import { expect, test } from "vitest";
import { profileOf } from "#glucose/profile.ts";
import { quantile } from "#glucose/quantile.ts";
import { readingsOf } from "#test/support/readings.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 10, 6);

test("quantiles lie on the line between the two nearest ranks, as NumPy's default has them", () => {
  for (const [q, expected] of [
    [0, 1],
    [0.05, 1.2],
    [0.25, 2],
    [0.5, 4],
    [0.95, 14.4],
    [1, 16],
  ] as const)
    expect(quantile([1, 2, 4, 8, 16], [3, 3, 3, 3, 3], q)).toBeCloseTo(expected, 12);
  expect(quantile([7], [3], 0.95)).toBe(7);
  expect(quantile([], [], 0.5)).toBeNaN();
});

test("a value that weighs more counts as often as it weighs", () => {
  // Of 7 parts 5 lie at 4: the next value's rank is 5 / 6, and 0.5 is three fifths of the way there.
  expect(quantile([4, 6, 10], [5, 1, 1], 0.5)).toBeCloseTo(5.2, 12);
  expect([quantile([4, 10], [1, 5], 0), quantile([4, 10], [1, 5], 1)]).toEqual([4, 10]);
});

/** One reading per quarter hour and day: value 4 + the day's number. */
const week = (days: number) =>
  Array.from({ length: days }, (_, day) =>
    readingsOf(Array(96).fill(4 + day), { startMs: startMs + day * dayMs, spacingMin: 15 }),
  ).flat();

test("seven days by hand: values 4 to 10, median 7, quarters 5.5 and 8.5", () => {
  const profile = profileOf(week(7), { startMs, endMs: startMs + 7 * dayMs }, "UTC");
  expect(profile).toMatchObject({ daysWithData: 7, isEnough: true });
  expect(profile.bins).toHaveLength(96);
  const expected = { p5: 4.3, p25: 5.5, p50: 7, p75: 8.5, p95: 9.7 };
  for (const bin of profile.bins) {
    expect(bin.n).toBe(7);
    for (const [name, value] of Object.entries(expected)) {
      expect(bin.exact?.[name as "p5"]).toBeCloseTo(value, 12);
      expect(bin.smooth?.[name as "p5"]).toBeCloseTo(value, 12);
    }
  }
});

test("six days are too few for the curve", () => {
  expect(profileOf(week(6), { startMs, endMs: startMs + 6 * dayMs }, "UTC").isEnough).toBe(false);
});

test("an hour seen on fewer than five days is empty, and its neighbours are not smoothed into it", () => {
  const noon = startMs + 12 * hourMs;
  const sparse = week(7).filter(({ timeMs }) => {
    const ofDay = (timeMs - startMs) % dayMs;
    return ofDay < noon - startMs || ofDay >= noon - startMs + hourMs || timeMs < startMs + 4 * dayMs;
  });
  const { bins } = profileOf(sparse, { startMs, endMs: startMs + 7 * dayMs }, "UTC");
  expect(bins.filter(({ smooth }) => smooth === null).map(({ minuteOfDay }) => minuteOfDay)).toEqual([
    720, 735, 750, 765,
  ]);
});

test("smoothing gives a bin half the weight, and goes around midnight", () => {
  const days = Array.from({ length: 7 }, (_, day) =>
    readingsOf([8, ...Array(95).fill(4)], { startMs: startMs + day * dayMs, spacingMin: 15 }),
  ).flat();
  const { bins } = profileOf(days, { startMs, endMs: startMs + 7 * dayMs }, "UTC");
  expect([95, 0, 1, 2].map((bin) => bins[bin]?.smooth?.p50)).toEqual([5, 6, 5, 4]);
});

test("time of day is the patient's, and on the night the clocks change it is what the clock shows", () => {
  // Berlin, 25 October 2026: 01:00 UTC is the second 02:00. A reading each hour of UTC over eight days.
  const from = Date.UTC(2026, 9, 20, 22);
  const readings = readingsOf(Array(8 * 24).fill(6), { startMs: from, spacingMin: 60 });
  const { bins, daysWithData } = profileOf(
    readings,
    { startMs: from, endMs: from + 8 * dayMs },
    "Europe/Berlin",
  );
  const at = (hour: number) => bins[hour * 4]?.n;
  // The eight days end at 22:00 UTC, now 23:00: the hour that comes twice in one
  // night is missing at the end of the last.
  expect([at(1), at(2), at(3), at(23)]).toEqual([8, 9, 8, 7]);
  expect(daysWithData).toBe(8);
  const spring = Date.UTC(2026, 2, 24, 23);
  const short = readingsOf(Array(8 * 24 - 1).fill(6), { startMs: spring, spacingMin: 60 });
  const profile = profileOf(short, { startMs: spring, endMs: spring + 8 * dayMs - hourMs }, "Europe/Berlin");
  expect([1, 2, 3].map((hour) => profile.bins[hour * 4]?.n)).toEqual([8, 7, 8]);
});

test("warm-up readings take no part", () => {
  const warm = week(7).map((reading) => ({ ...reading, warmUp: true }));
  expect(profileOf(warm, { startMs, endMs: startMs + 7 * dayMs }, "UTC").daysWithData).toBe(0);
});
