import { expect, test } from "vitest";
import { griOf } from "#glucose/gri.ts";

const shares = (veryLow: number, low: number, high: number, veryHigh: number) => ({
  "very-low": veryLow,
  low,
  "in-range": 1 - veryLow - low - high - veryHigh,
  high,
  "very-high": veryHigh,
});

test("by hand: 1 % very low, 3 % low, 20 % high, 5 % very high are 3 + 7.2 + 16 + 8 = 34.2, zone B", () => {
  const gri = griOf(shares(0.01, 0.03, 0.2, 0.05));
  expect(gri.value).toBeCloseTo(34.2, 10);
  expect(gri.zone).toBe("B");
  expect(gri.hypoPercent).toBeCloseTo(3.4, 10);
  expect(gri.hyperPercent).toBeCloseTo(15, 10);
});

test("all in range is 0, zone A; the index never exceeds 100", () => {
  expect(griOf(shares(0, 0, 0, 0))).toMatchObject({ value: 0, zone: "A" });
  expect(griOf(shares(0.5, 0, 0, 0))).toMatchObject({ value: 100, zone: "E" });
});

test.each([
  [0.25, "A"],
  [0.26, "B"],
  [0.5, "B"],
  [0.51, "C"],
  [0.75, "C"],
  [0.76, "D"],
  [1, "D"],
] as const)("%d of the time high: zone %s, an edge belongs to the better one", (high, zone) => {
  expect(griOf(shares(0, 0, high, 0)).zone).toBe(zone);
});
