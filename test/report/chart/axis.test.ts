import { expect, test } from "vitest";
import { isPlausible } from "#glucose/bands.ts";
import { formatEdge } from "#glucose/units.ts";
import { axisTopMmolL } from "#report/chart/axis.ts";
import { createCurve } from "#report/chart/curve-model.ts";
import { clippedLabels, curvePath, implausiblePath } from "#report/chart/curve-path.ts";
import { extremesOf } from "#report/chart/extremes.ts";
import { type Plot, yOf } from "#report/chart/plot.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = Date.UTC(2026, 10, 6);
const hourMs = 3_600_000;
const span = { startMs, endMs: startMs + hourMs };
const plot: Plot = { x: 40, y: 10, width: 600, height: 278, topMmolL: 27.8, ...span };

test.each([
  [[6, 19.4], 19.4],
  [[6, 19.5], 27.8],
  [[6, 30], 27.8],
  [[6, 33.3], 27.8],
  [[6, 33.4], 19.4],
  [[6, 0.5], 19.4],
])("the axis of %j ends at %f mmol/L", (values, top) => {
  expect(axisTopMmolL(readingsOf(values, { startMs }), span)).toBe(top);
});

test("a value outside the period or one of the warm-up that is drawn: only what is drawn raises the axis", () => {
  const high = readingsOf([25], { startMs: span.endMs });
  expect(axisTopMmolL(high, span)).toBe(19.4);
  expect(axisTopMmolL(readingsOf([25], { startMs, warmUp: true }), span)).toBe(27.8);
});

test("the tops of the axis are the published ones in mg/dL", () => {
  expect([19.4, 27.8].map((value) => formatEdge(value, "mg/dL"))).toEqual(["350", "500"]);
  expect([19.4, 27.8].map((value) => formatEdge(value, "mmol/L"))).toEqual(["19.4", "27.8"]);
});

test("on the taller axis 22 and 26 mmol/L lie where they are, and what lies above 27.8 is marked with its highest value", () => {
  expect(yOf(plot, 22)).toBeCloseTo(68, 6);
  const curve = createCurve(readingsOf([22, 26, 29, 31.5, 26], { startMs }));
  const line = curvePath(curve, plot);
  expect(line.path).toMatch(/^M40 68L70 28L100 10/);
  expect([line.clippedX, line.clippedMmolL]).toEqual([
    [100, 130],
    [29, 31.5],
  ]);
  expect(curvePath(curve, { ...plot, width: 60 }).clippedMmolL).toEqual([31.5]);
});

test("where clipped places share the room of a label, the highest value is told", () => {
  const line = { clippedX: [10, 30, 100], clippedMmolL: [27.9, 30, 28.4] };
  expect(clippedLabels(line, 36)).toEqual([
    { x: 30, valueMmolL: 30 },
    { x: 100, valueMmolL: 28.4 },
  ]);
});

test.each([
  [0.9, false],
  [1.0, true],
  [33.3, true],
  [33.4, false],
])("%f mmol/L can be meant by a sensor: %s", (value, isMeant) => {
  expect(isPlausible(value)).toBe(isMeant);
});

test("what no sensor can mean is a cross at its edge, on no line and in no extreme", () => {
  const readings = readingsOf([6, 0.4, 6.2, 45, 6.1], { startMs });
  const curve = createCurve(readings);
  expect(curve.implausible.map(({ valueMmolL }) => valueMmolL)).toEqual([0.4, 45]);
  expect([...curve.valuesMmolL]).toEqual([6, 6.2, 6.1]);
  const ys = [...implausiblePath(curve, plot).matchAll(/M[\d.]+ ([\d.]+)/g)].map((match) => Number(match[1]));
  expect(ys[0]).toBeGreaterThan(plot.y + plot.height - 15);
  expect(ys[1]).toBeLessThan(plot.y + 15);
  expect(extremesOf(readings, span)).toEqual({ lowestMmolL: 6, highestMmolL: 6.2 });
});

test("a stretch without a reading has no extremes", () => {
  expect(extremesOf(readingsOf([6], { startMs, warmUp: true }), span)).toBeNull();
  expect(extremesOf([], span)).toBeNull();
});
