import { expect, test } from "vitest";
import { edgesMmolL } from "#glucose/bands.ts";
import { completenessOf } from "#glucose/completeness.ts";
import { mergeReadings } from "#glucose/series.ts";
import { gmiPercent, isStable, statisticsOf, sufficiencyOf } from "#glucose/statistics.ts";
import { meetsGoal, targetsOf } from "#glucose/targets.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 10, 6);

test("five readings by hand: mean 8.0, SD √28.125, a fifth of the time in each band", () => {
  // Deviations −6, −4.5, 0, 4.5, 6; squares 36 + 20.25 + 0 + 20.25 + 36 = 112.5; 112.5 / (5 − 1) = 28.125.
  const readings = readingsOf([2, 3.5, 8, 12.5, 14]);
  const { meanMmolL, sdMmolL, timeIn } = statisticsOf(
    readings,
    { startMs, endMs: startMs + hourMs },
    edgesMmolL,
  );
  expect(meanMmolL).toBeCloseTo(8, 12);
  expect(sdMmolL).toBeCloseTo(Math.sqrt(28.125), 12);
  expect(timeIn).toEqual({ "very-low": 0.2, low: 0.2, "in-range": 0.2, high: 0.2, "very-high": 0.2 });
});

test("a series agrees with what Python's statistics module says of it", () => {
  const values = Array.from({ length: 200 }, (_, i) =>
    Number((7 + 4 * Math.sin(i / 7) + ((i * 37) % 11) / 10 - 0.5).toFixed(1)),
  );
  const statistics = statisticsOf(
    readingsOf(values),
    { startMs, endMs: startMs + 200 * 3 * minuteMs },
    edgesMmolL,
  );
  expect(statistics.n).toBe(200);
  expect(statistics.meanMmolL).toBeCloseTo(7.275, 10);
  expect(statistics.sdMmolL).toBeCloseTo(2.823995352110856, 10);
  expect(statistics.cvPercent).toBeCloseTo(38.81780552729699, 8);
  expect(statistics.gmiPercent).toBeCloseTo(6.44503694062, 8);
  const counts = [8, 29, 112, 51, 0];
  expect(Object.values(statistics.timeIn ?? {}).map((share) => Math.round(share * 200))).toEqual(counts);
  expect(Math.round((statistics.timeInTightRange ?? 0) * 200)).toBe(68);
});

test("a mean of 154 mg/dL is a GMI of 7.0 %, as its authors print it", () => {
  expect(gmiPercent(154 / 18.01559)).toBeCloseTo(6.99, 2);
});

test("no readings give no numbers, and one gives no SD", () => {
  const period = { startMs, endMs: startMs + dayMs };
  expect(statisticsOf([], period, edgesMmolL)).toMatchObject({
    n: 0,
    activeShare: 0,
    meanMmolL: null,
    timeIn: null,
    // Nobody is known to have worn a sensor.
    expected: 0,
  });
  expect(statisticsOf(readingsOf([6]), period, edgesMmolL)).toMatchObject({
    n: 1,
    meanMmolL: 6,
    sdMmolL: null,
    cvPercent: null,
  });
});

test("warm-up readings take part in no statistic", () => {
  const warm = readingsOf([25, 25, 25], { warmUp: true });
  const normal = readingsOf([6, 6], { startMs: startMs + hourMs });
  const statistics = statisticsOf([...warm, ...normal], { startMs, endMs: startMs + dayMs }, edgesMmolL);
  expect(statistics).toMatchObject({ n: 2, meanMmolL: 6, firstMs: startMs + hourMs });
});

test("the period's end is not in it", () => {
  const readings = readingsOf([6, 8, 10]);
  expect(statisticsOf(readings, { startMs, endMs: startMs + 6 * minuteMs }, edgesMmolL).n).toBe(2);
});

test.each([3, 5, 15])(
  "a full day of a %i minute sensor is all of the data, half of it half",
  (spacingMin) => {
    const day = readingsOf(Array<number>((24 * 60) / spacingMin).fill(6), { spacingMin });
    const period = { startMs, endMs: startMs + dayMs };
    expect(statisticsOf(day, period, edgesMmolL)).toMatchObject({ activeShare: 1, expected: day.length });
    expect(statisticsOf(day.slice(0, day.length / 2), period, edgesMmolL).activeShare).toBeCloseTo(0.5, 10);
  },
);

test("two sensors at once are not twice the data", () => {
  const a = readingsOf(Array<number>(240).fill(6));
  const b = readingsOf(Array<number>(240).fill(6), { sensor: "P2", startMs: startMs + minuteMs });
  const { activeShare } = statisticsOf(mergeReadings(a, b), { startMs, endMs: startMs + dayMs }, edgesMmolL);
  expect(activeShare).toBeCloseTo(0.5, 2);
});

test("where sensors of different spacing mix, time counts and not readings", () => {
  // 12 hours at 3 minutes in range, then 12 hours at 15 minutes high: half the time
  // each, though 240 readings against 48.
  const fast = readingsOf(Array<number>(240).fill(6));
  const slow = readingsOf(Array<number>(48).fill(12), {
    sensor: "P2",
    spacingMin: 15,
    startMs: startMs + 12 * hourMs,
  });
  const { timeIn, activeShare } = statisticsOf(
    [...fast, ...slow],
    { startMs, endMs: startMs + dayMs },
    edgesMmolL,
  );
  expect(timeIn?.["in-range"]).toBeCloseTo(0.5, 3);
  expect(timeIn?.high).toBeCloseTo(0.5, 3);
  expect(activeShare).toBeCloseTo(1, 3);
});

test("fourteen days and 70 % are enough; what is missing of either is told", () => {
  expect(sufficiencyOf({ activeShare: 0.7, coveredShare: 0.7 }, 14)).toEqual({
    isLongEnough: true,
    isDenseEnough: true,
  });
  expect(sufficiencyOf({ activeShare: 0.69, coveredShare: 0.69 }, 14)).toEqual({
    isLongEnough: true,
    isDenseEnough: false,
  });
  expect(sufficiencyOf({ activeShare: 1, coveredShare: 1 }, 13.9)).toEqual({
    isLongEnough: false,
    isDenseEnough: true,
  });
});

test("a CV of exactly 36 % is stable", () => {
  expect([isStable(36), isStable(36.01)]).toEqual([true, false]);
});

test("goals are strict and judged before rounding", () => {
  expect(meetsGoal(0.7, targetsOf["most-adults"].goals.inRange)).toBe(false);
  expect(meetsGoal(0.7001, targetsOf["most-adults"].goals.inRange)).toBe(true);
  expect(meetsGoal(0.04, targetsOf["most-adults"].goals.belowRange)).toBe(false);
  expect(meetsGoal(0.0399, targetsOf["most-adults"].goals.belowRange)).toBe(true);
});

test("completeness counts arrivals by local day, warm-up too, each slot once", () => {
  const warm = readingsOf(Array<number>(20).fill(6), { startMs: startMs + 20 * hourMs, warmUp: true });
  const rest = readingsOf(Array<number>(180).fill(6), { startMs: startMs + 21 * hourMs });
  const period = { startMs: startMs + 20 * hourMs, endMs: startMs + 32 * hourMs };
  const { received, expected, days } = completenessOf([...warm, ...rest], period, "UTC");
  expect({ received, expected }).toEqual({ received: 200, expected: 240 });
  expect(days).toEqual([
    { startMs: startMs + 20 * hourMs, endMs: startMs + dayMs, received: 80, expected: 80 },
    { startMs: startMs + dayMs, endMs: startMs + 32 * hourMs, received: 120, expected: 160 },
  ]);
});

test("a restarted clock never makes a day more than complete", () => {
  const day = readingsOf(Array<number>(480).fill(6));
  const shifted = readingsOf(Array<number>(100).fill(6), { startMs: startMs + 80_000 });
  const { received, expected } = completenessOf(
    mergeReadings(day, shifted),
    { startMs, endMs: startMs + dayMs },
    "UTC",
  );
  expect(received).toBeLessThanOrEqual(expected);
});

test("expected is summed over the time each sensor was worn, and two complete days of fourteen do not speak for them", () => {
  const worn = readingsOf(Array<number>(960).fill(6));
  const period = { startMs, endMs: startMs + 14 * dayMs };
  const lives = new Map([["P1", { activatedAtMs: startMs, endedAtMs: startMs + 2 * dayMs }]]);
  const statistics = statisticsOf(worn, period, edgesMmolL, lives);
  expect(statistics).toMatchObject({ n: 960, expected: 960, activeShare: 1 });
  expect(sufficiencyOf(statistics, 14 * dayMs).isDenseEnough).toBe(false);
});

test("where two sensors measured at once each counts half, in the mean and the spread as in the shares", () => {
  const alone = readingsOf(Array<number>(100).fill(4));
  const both = ["P1", "P2"].map((sensor) =>
    readingsOf(Array<number>(100).fill(10.5), {
      sensor,
      startMs: startMs + 300 * minuteMs + (sensor === "P2" ? 90_000 : 0),
    }),
  );
  const period = { startMs, endMs: startMs + 600 * minuteMs };
  const statistics = statisticsOf(mergeReadings(alone, ...both), period, edgesMmolL);
  expect(statistics.timeIn?.high).toBeCloseTo(0.5, 2);
  expect(statistics.meanMmolL).toBeCloseTo(7.25, 1);
  expect(statistics.coveredShare).toBeCloseTo(1, 2);
});

test("values no sensor can mean take part in no number", () => {
  const readings = readingsOf([6, 0.9, 33.4, 0, 6]);
  const statistics = statisticsOf(readings, { startMs, endMs: startMs + 15 * minuteMs }, edgesMmolL);
  expect(statistics).toMatchObject({ n: 2, meanMmolL: 6, timeIn: { "in-range": 1, "very-low": 0 } });
  expect(statisticsOf(readingsOf([1, 33.3]), { startMs, endMs: startMs + hourMs }, edgesMmolL).n).toBe(2);
});
