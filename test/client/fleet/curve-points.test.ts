import { expect, test } from "vitest";
import { bandPath, curvePath, daysOf, marksPath, ticksOf } from "#client/fleet/curve-points.ts";
import { survivalOf } from "#sensor/survival.ts";

/** A day is 10 px, all sensors 100 px above none. */
const scales = { x: (hours: number) => (hours / 24) * 10, y: (share: number) => 100 - share * 100 };

const steps = survivalOf([
  { time: 24, ended: 1, censored: 0 },
  { time: 36, ended: 0, censored: 1 },
  { time: 240, ended: 2, censored: 0 },
]);

test("the curve runs level until a step and goes down at it", () => {
  expect(curvePath(steps, scales)).toBe("M0.0 0.0H10.0V25.0H15.0V25.0H100.0V100.0");
});

test("the band has both edges of each step and ends where the curve comes to nought", () => {
  const path = bandPath(steps, scales);
  expect(path).toMatch(/^M0\.0 0\.0H0\.0V0\.0H10\.0V/);
  expect(path).toMatch(/H100\.0V[\d.]+H15\.0V[\d.]+H10\.0V0\.0H0\.0Z$/);
  const interval = steps[0]?.interval ?? [0, 0];
  for (const edge of interval) expect(path).toContain(`V${scales.y(edge).toFixed(1)}`);
});

test("a mark stands where a sensor was last seen worn, and nowhere else", () => {
  expect(marksPath(steps, scales)).toBe("M15.0 21.0v8");
});

test("the axis has whole days from nought to beyond the last step, as many as there is room for", () => {
  const curves = [{ name: "A", steps }];
  expect(ticksOf(curves, 20)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(ticksOf(curves, 7)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(ticksOf(curves, 3)).toEqual([0, 5, 10]);
  expect(ticksOf([{ name: "A", steps: survivalOf([{ time: 90 * 24, ended: 1, censored: 0 }]) }], 3)).toEqual([
    0, 45, 90,
  ]);
});

test("by the day: at risk as it begins, who ended and who was last seen on it, the share after it", () => {
  expect(daysOf(steps)).toMatchObject([
    { day: 1, atRisk: 4, ended: 1, censored: 1, last: { share: 0.75 } },
    { day: 10, atRisk: 2, ended: 2, censored: 0, last: { share: 0 } },
  ]);
});
