import { expect, test } from "vitest";
import { bandOf, edgesMmolL } from "#glucose/bands.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import { formatRanges } from "#glucose/ranges.ts";
import { targetsOf } from "#glucose/targets.ts";
import { trendArrow, trendOf } from "#glucose/trend.ts";
import { formatEdge, formatGlucose, toMgDl } from "#glucose/units.ts";
import { wearDay } from "#glucose/wear.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

test.each([
  [2.2, "very-low"],
  [2.9, "very-low"],
  [3.0, "low"],
  [3.8, "low"],
  [3.9, "in-range"],
  [10.0, "in-range"],
  [10.1, "high"],
  [13.9, "high"],
  [14.0, "very-high"],
])("%f mmol/L is %s", (valueMmolL, band) => {
  expect(bandOf(valueMmolL, edgesMmolL)).toBe(band);
});

test.each([
  [3.9, "3.9", "70"],
  [6.3, "6.3", "113"],
  [10, "10.0", "180"],
  [13.9, "13.9", "250"],
  [19.4, "19.4", "350"],
])("%f mmol/L is printed %s and %s mg/dL", (valueMmolL, mmolL, mgDl) => {
  expect(formatGlucose(valueMmolL, "mmol/L")).toBe(mmolL);
  expect(formatGlucose(valueMmolL, "mg/dL")).toBe(mgDl);
});

test.each([
  [3.0, "54"],
  [3.5, "63"],
  [3.9, "70"],
  [7.8, "140"],
  [10.0, "180"],
  [13.9, "250"],
  [19.4, "350"],
  [4.4, "79"],
])("the edge %f mmol/L is published as %s mg/dL", (edgeMmolL, mgDl) => {
  expect(formatEdge(edgeMmolL, "mg/dL")).toBe(mgDl);
  expect(formatEdge(edgeMmolL, "mmol/L")).toBe(edgeMmolL.toFixed(1));
});

test("the ranges are printed without a gap and without an overlap, and an edge stands in one of them", () => {
  expect(Object.values(formatRanges(edgesMmolL, "mg/dL"))).toEqual([
    "< 54",
    "54–69",
    "70–180",
    "181–250",
    "> 250",
  ]);
  expect(Object.values(formatRanges(edgesMmolL, "mmol/L"))).toEqual([
    "< 3.0",
    "3.0–3.8",
    "3.9–10.0",
    "10.1–13.9",
    "> 13.9",
  ]);
  expect(Object.values(formatRanges(targetsOf.pregnancy.edges, "mg/dL"))).toEqual([
    "< 54",
    "54–62",
    "63–140",
    "141–250",
    "> 250",
  ]);
  expect(formatRanges({ ...edgesMmolL, low: 3, high: 13.9 }, "mmol/L")).toMatchObject({
    low: "–",
    high: "–",
  });
});

test("a value cannot be judged without edges: it neither compiles nor runs", () => {
  // @ts-expect-error the edges are missing
  expect(() => bandOf(6)).toThrow();
});

test("a band is decided before any conversion: 3.9 mmol/L is 70.26 mg/dL and in range, 3.85 is not", () => {
  expect(toMgDl(3.9)).toBeCloseTo(70.2608, 4);
  expect(bandOf(3.85, edgesMmolL)).toBe("low");
});

test.each([
  [1, "stable", "→"],
  [5, "slowly-rising", "↗"],
  [10, "slowly-falling", "↘"],
  [15, "rapid-rise", "↑"],
  [20, "rapid-drop", "↓"],
  [0, "unknown", null],
  [2, "unknown", null],
  [99, "unknown", null],
])("trend code %i is %s with %s", (code, trend, arrow) => {
  expect(trendOf(code)).toBe(trend);
  expect(trendArrow(trendOf(code))).toBe(arrow);
});

test.each([
  [0, "current"],
  [15 * minuteMs, "current"],
  [15 * minuteMs + 1, "stale"],
  [30 * minuteMs, "stale"],
  [30 * minuteMs + 1, "none"],
])("%i ms old is %s", (ageMs, freshness) => {
  expect(freshnessOf(1_000_000_000, 1_000_000_000 + ageMs)).toBe(freshness);
});

test("a sensor's first 24 hours are day 1, and it may run past its planned days", () => {
  const sensor = { activatedAtMs: 0, estimatedEndAtMs: 14 * dayMs, endedAtMs: null };
  expect(wearDay(sensor, 0)).toEqual({ day: 1, of: 14 });
  expect(wearDay(sensor, dayMs - 1)).toEqual({ day: 1, of: 14 });
  expect(wearDay(sensor, dayMs)).toEqual({ day: 2, of: 14 });
  expect(wearDay(sensor, 14.5 * dayMs)).toEqual({ day: 15, of: 14 });
  expect(wearDay({ ...sensor, endedAtMs: 5 * dayMs }, 6 * dayMs)).toBe("ended");
  expect(wearDay({ ...sensor, activatedAtMs: null }, dayMs)).toBeNull();
});

test("a value that rounding would make nothing is not called 0, and nothing is", () => {
  expect([1e-9, 0.04, 0.06, 0].map((value) => formatGlucose(value, "mmol/L"))).toEqual([
    "<0.1",
    "<0.1",
    "0.1",
    "0.0",
  ]);
  expect([1e-9, 0.02, 0.06].map((value) => formatGlucose(value, "mg/dL"))).toEqual(["<1", "<1", "1"]);
});
