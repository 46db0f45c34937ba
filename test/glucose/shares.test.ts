import fc from "fast-check";
import { expect, test } from "vitest";
import { type Band, bands } from "#glucose/bands.ts";
import { griZone } from "#glucose/gri.ts";
import {
  formatActiveShare,
  formatCv,
  formatJudged,
  formatShare,
  formatShares,
  percentsToHundredths,
} from "#glucose/shares.ts";
import { isStable } from "#glucose/statistics.ts";
import { meetsGoal, type Targets, targetNames, targetsOf } from "#glucose/targets.ts";

const { goals } = targetsOf["most-adults"];
const of = (...counts: number[]) => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(bands.map((band, i) => [band, (counts[i] ?? 0) / total])) as Record<Band, number>;
};
const shown = (...counts: number[]) => {
  const text = formatShares(of(...counts), goals);
  return bands.map((band) => text[band]);
};

test.each([
  [
    [0, 0, 1, 0, 0],
    ["0.0", "0.0", "100.0", "0.0", "0.0"],
  ],
  [
    [1, 3, 70.5, 19.5, 6],
    ["1.0", "3.0", "70.5", "19.5", "6.0"],
  ],
  // 6,720 readings of the case sh1.
  [
    [62, 90, 4698, 1635, 235],
    ["0.9", "1.4", "69.9", "24.3", "3.5"],
  ],
  [
    [1, 1, 1, 0, 0],
    ["33.4", "33.3", "33.3", "0.0", "0.0"],
  ],
])("%j readings are shown as %j per cent, each its own share", (counts, texts) => {
  expect(shown(...counts)).toEqual(texts);
});

test("the sums are those of the parts as shown: 0.9 and 1.4 are 2.3", () => {
  expect(formatShares(of(62, 90, 4698, 1635, 235), goals)).toMatchObject({ below: "2.3", above: "27.8" });
});

test.each([
  ["below 4 %", of(0, 396, 9604, 0, 0), "below", "3.96"],
  ["above 70 %", of(0, 0, 6996, 3004, 0), "in-range", "69.96"],
  ["above 70 %, on it", of(0, 0, 7000, 3000, 0), "in-range", "70.0"],
  ["above 70 %, just over", of(0, 0, 70_001, 29_999, 0), "in-range", "70.001"],
  ["below 4 %, nearer to it", of(0, 39_878, 960_122, 0, 0), "below", "3.99"],
  ["below 4 %, as near as two decimals cannot say", of(0, 39_987, 960_013, 0, 0), "below", "3.999"],
  ["below 4 %, just missed", of(0, 404, 9596, 0, 0), "below", "4.04"],
  ["below 25 %", of(0, 0, 7504, 2496, 0), "above", "24.96"],
  ["below 1 %", of(96, 0, 9904, 0, 0), "very-low", "0.96"],
] as const)(
  "a goal of %s is judged unrounded, and the row shows enough decimals for it",
  (_, timeIn, row, text) => {
    expect(formatShares(timeIn, goals)[row]).toBe(text);
  },
);

test("without a goal there is nothing to contradict: 3.96 is 4.0", () => {
  expect(formatShares(of(0, 396, 9604, 0, 0), {}).below).toBe("4.0");
});

test("a trace is not nothing, and all but a trace is not all", () => {
  expect(formatShares(of(2, 0, 9998, 0, 0), {})).toMatchObject({ "very-low": "0.02", "in-range": "99.98" });
  expect(formatShare(0.00002)).toBe("0.002");
  expect(formatShare(0.9996)).toBe("99.96");
  expect(formatShare(0)).toBe("0.0");
  expect(formatShare(1)).toBe("100.0");
});

test("where even six decimals do not tell a value from an edge it is rounded to its own side", () => {
  expect(formatJudged(4 - 1e-9, 1, (value) => value < 4)).toBe("3.999999");
  expect(formatJudged(70 + 1e-9, 1, (value) => value > 70)).toBe("70.000001");
});

test("what floating point adds decides no goal: 29 of 100 is not below 29 %", () => {
  expect(0.29 * 100).toBeLessThan(29);
  expect(meetsGoal(0.29, { max: 29 })).toBe(false);
  expect(formatShares(of(0, 29, 71, 0, 0), { belowRange: { max: 29 } }).below).toBe("29.0");
});

test("alone a share is rounded and not cut", () => {
  expect([0.699, 0.69949, 0.9995, 0.0004, 0.99999].map(formatShare)).toEqual([
    "69.9",
    "69.9",
    "99.95",
    "0.04",
    "99.999",
  ]);
});

test.each([
  [0.6996, "69.96"],
  [0.7, "70.0"],
  [0.7004, "70.0"],
  [0.999, "99.9"],
])(
  "a share of data of %f is shown as %s per cent: enough or not is the same as before rounding",
  (share, text) => {
    expect(formatActiveShare(share)).toBe(text);
  },
);

test("CV and risk index show enough decimals for what they are called", () => {
  expect([36, 36.04, 35.96, 36.06].map(formatCv)).toEqual(["36.0", "36.04", "36.0", "36.1"]);
  expect(isStable(Number(formatCv(36.04)))).toBe(false);
  const index = (value: number) => formatJudged(value, 1, griZone);
  expect([20, 20.04, 19.96, 79.999].map(index)).toEqual(["20.0", "20.04", "20.0", "80.0"]);
});

const tenths = (text: string) => Math.round(Number(text) * 10);
const exactOf = (timeIn: Record<Band, number>) => ({
  ...timeIn,
  below: timeIn.low + timeIn["very-low"],
  above: timeIn.high + timeIn["very-high"],
});
const anyCounts = fc.oneof(
  fc.array(fc.nat(100_000), { minLength: 5, maxLength: 5 }),
  fc.array(fc.nat(60), { minLength: 5, maxLength: 5 }),
);
const holds = (counts: number[], check: (timeIn: Record<Band, number>) => void) => {
  fc.pre(counts.some((count) => count > 0));
  check(of(...counts));
};

test("for any readings the five tenths add up to 100.0, a sum is that of its parts, and nothing is more than 0.1 off", () => {
  fc.assert(
    fc.property(anyCounts, (counts) =>
      holds(counts, (timeIn) => {
        const texts = formatShares(timeIn, {});
        const exact = exactOf(timeIn);
        for (const row of Object.keys(texts) as (keyof typeof texts)[])
          expect(Math.abs(Number(texts[row]) - exact[row] * 100)).toBeLessThanOrEqual(0.1 + 1e-9);
        // More decimals than one only where something would read as nothing or all.
        const all = Object.values(texts);
        if (all.some((text) => !/^\d+\.\d$/.test(text))) return;
        expect(bands.reduce((sum, band) => sum + tenths(texts[band]), 0)).toBe(1000);
        expect(tenths(texts.below)).toBe(tenths(texts.low) + tenths(texts["very-low"]));
        expect(tenths(texts.above)).toBe(tenths(texts.high) + tenths(texts["very-high"]));
      }),
    ),
    { numRuns: 2000 },
  );
});

test("for any readings and targets no row says another verdict than its unrounded share", () => {
  fc.assert(
    fc.property(anyCounts, fc.constantFrom(...targetNames), (counts, name) =>
      holds(counts, (timeIn) => {
        const { goals: judged }: Targets = targetsOf[name];
        const texts = formatShares(timeIn, judged);
        const exact = exactOf(timeIn);
        const rows = [
          ["in-range", judged.inRange],
          ["below", judged.belowRange],
          ["above", judged.aboveRange],
          ["very-low", judged.veryLow],
          ["very-high", judged.veryHigh],
        ] as const;
        for (const [row, goal] of rows)
          if (goal) expect(meetsGoal(Number(texts[row]) / 100, goal)).toBe(meetsGoal(exact[row], goal));
      }),
    ),
    { numRuns: 2000 },
  );
});

test("for other programs they add up to 100.00, each within a hundredth of the true one and a tenth of the shown one", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(
      counts.filter((all) => all.some((count) => count > 0)),
      (all) => {
        const shares = of(...all);
        const percents = percentsToHundredths(shares);
        expect(bands.reduce((sum, band) => sum + Math.round(percents[band] * 100), 0)).toBe(10_000);
        const text = formatShares(shares, goals);
        for (const band of bands) {
          expect(Math.abs(percents[band] - shares[band] * 100)).toBeLessThan(0.010001);
          expect(Math.abs(Number(percents[band].toFixed(1)) - Number(text[band]))).toBeLessThan(0.100001);
        }
      },
    ),
  );
});
