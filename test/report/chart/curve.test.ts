import fc from "fast-check";
import { expect, test } from "vitest";
import { gapsOf } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { arrowWidth, placeArrows } from "#report/chart/arrows.ts";
import { createCurve } from "#report/chart/curve-model.ts";
import { curvePath, warmUpPath } from "#report/chart/curve-path.ts";
import { type Plot, xOf, yOf } from "#report/chart/plot.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = Date.UTC(2026, 10, 6);
const hourMs = 3_600_000;
const plot: Plot = { x: 40, y: 10, width: 600, height: 194, startMs, endMs: startMs + 10 * hourMs };

/** The corners of a path of M, L and V commands. */
function points(path: string) {
  let x = Number.NaN;
  return [...path.matchAll(/([ML])([\d.-]+) ([\d.-]+)|(V)([\d.-]+)/g)].map((match) => {
    const command = match[1] ?? match[4];
    if (match[2] !== undefined) x = Number(match[2]);
    return { command, x, y: Number(match[3] ?? match[5]) };
  });
}

const series = fc
  .array(
    fc.record({
      apartMin: fc.constantFrom(3, 3, 3, 3, 16, 90),
      tenths: fc.integer({ min: 20, max: 260 }),
      trend: fc.constantFrom(0, 1, 5, 10, 15, 20),
    }),
    { minLength: 20, maxLength: 400 },
  )
  .map((steps) => {
    let timeMs = startMs;
    return steps.map(({ apartMin, tenths, trend }): Reading => {
      timeMs += apartMin * 60_000;
      return {
        timeMs,
        valueMmolL: tenths / 10,
        trend,
        warmUp: false,
        sensor: "P1",
        packet: null,
        uploadDelayMin: null,
      };
    });
  });

test("a value's height is its share of the fixed axis; above it, the edge", () => {
  expect(yOf(plot, 0)).toBe(204);
  expect(yOf(plot, 9.7)).toBe(107);
  expect(yOf(plot, 19.4)).toBe(10);
  expect(yOf(plot, 25)).toBe(10);
  expect(xOf(plot, startMs + 5 * hourMs)).toBe(340);
});

test("the line touches the lowest and the highest reading of the window", () => {
  fc.assert(
    fc.property(series, (readings) => {
      const shown = readings.filter(({ timeMs }) => timeMs <= plot.endMs);
      fc.pre(shown.length > 0);
      const ys = points(curvePath(createCurve(readings), plot).path).map(({ y }) => y);
      const values = shown.map(({ valueMmolL }) => valueMmolL);
      for (const extreme of [Math.min(...values), Math.max(...values)])
        expect(ys).toContain(Math.round(yOf(plot, extreme) * 10) / 10);
    }),
  );
});

test("no line is drawn across a gap", () => {
  fc.assert(
    fc.property(series, (readings) => {
      const curve = createCurve(readings);
      const drawn = points(curvePath(curve, plot).path);
      const span = { startMs, endMs: readings.at(-1)?.timeMs ?? startMs };
      for (const { fromMs, toMs } of gapsOf(readings, span, new Map())) {
        const [left, right] = [xOf(plot, fromMs), xOf(plot, toMs)];
        for (const [i, point] of drawn.entries()) {
          const before = drawn[i - 1];
          if (point.command === "M" || !before) continue;
          if (point.x >= right - 0.1) expect(before.x).toBeGreaterThan(left - 0.1);
          if (before.x < left - 0.1) expect(point.x).toBeLessThan(right + 0.1);
        }
      }
    }),
  );
});

test("sixteen minutes apart is a gap, fifteen is not", () => {
  const at = (minutes: number): Reading[] =>
    readingsOf([...Array<number>(12).fill(6), 7], { startMs }).map((reading, i) =>
      i === 12 ? { ...reading, timeMs: startMs + 11 * 3 * 60_000 + minutes * 60_000 } : reading,
    );
  const begun = (minutes: number) =>
    points(curvePath(createCurve(at(minutes)), plot).path).filter(({ command }) => command === "M");
  expect(begun(15)).toHaveLength(1);
  expect(begun(16)).toHaveLength(2);
});

test("two sensors at once are two lines, with one mark where the second begins", () => {
  const first = readingsOf(Array<number>(40).fill(5), { startMs, sensor: "P1" });
  const second = readingsOf(Array<number>(30).fill(15), { startMs: startMs + 90_000, sensor: "P2" });
  const curve = createCurve([...first, ...second].sort((a, b) => a.timeMs - b.timeMs));
  const drawn = points(curvePath(curve, plot).path);
  expect(drawn.filter(({ command }) => command === "M")).toHaveLength(2);
  const half = drawn.findIndex(({ command }, i) => i > 0 && command === "M");
  expect(new Set(drawn.slice(0, half).map(({ y }) => y)).size).toBe(1);
  expect(new Set(drawn.slice(half).map(({ y }) => y)).size).toBe(1);
  expect(curve.sensorChanges).toEqual([{ timeMs: startMs + 90_000, sensor: "P2" }]);
});

test("a reading that stands alone is a dot", () => {
  const readings = readingsOf([6, ...Array<null>(9).fill(null), 7, ...Array<null>(9).fill(null), 8], {
    startMs,
  });
  expect(curvePath(createCurve(readings), plot).path.match(/h0/g)).toHaveLength(3);
});

test("warm-up readings are dots of their own and no part of the line", () => {
  const warm = readingsOf([12, 12, 12], { startMs, warmUp: true });
  const normal = readingsOf([6, 6], { startMs: startMs + 9 * 60_000 });
  const curve = createCurve([...warm, ...normal]);
  expect(points(curvePath(curve, plot).path)).toHaveLength(2);
  expect(warmUpPath(curve, plot).match(/M/g)).toHaveLength(3);
});

test("what lies above the axis is marked as clipped", () => {
  const { clippedX } = curvePath(createCurve(readingsOf([18, 20, 21, 18], { startMs })), plot);
  expect(clippedX).toHaveLength(1);
});

test("arrows never touch, at any width", () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 50, max: 1400 }), (readings, width) => {
      const arrows = placeArrows(createCurve(readings), { ...plot, width });
      arrows.forEach(({ x }, i) => {
        expect(x - (arrows[i - 1]?.x ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(arrowWidth);
      });
    }),
  );
});

test("where not all arrows fit, the rapid one wins", () => {
  const readings = readingsOf(Array<number>(30).fill(8), { startMs }).map((reading, i) => ({
    ...reading,
    trend: i === 15 ? 20 : 1,
  }));
  const arrows = placeArrows(createCurve(readings), { ...plot, width: 60, endMs: startMs + 2 * hourMs });
  expect(arrows.map(({ trend }) => trend)).toEqual(["rapid-drop"]);
});

test("an unknown code and the first reading after a gap have no arrow", () => {
  const unknown = readingsOf(Array<number>(20).fill(8), { startMs, trend: 99 });
  expect(placeArrows(createCurve(unknown), plot)).toEqual([]);
  const after = readingsOf([...Array<null>(20).fill(null), 9, 9, 9], { startMs, trend: 15 });
  const before = readingsOf(Array<number>(12).fill(8), { startMs, trend: 0 });
  const arrows = placeArrows(createCurve([...before, ...after]), plot);
  expect(arrows.map(({ timeMs }) => timeMs)).toEqual([after[1]?.timeMs]);
});

test("no arrow covers the curve or a label, and in a long window there are few", () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 300, max: 1400 }), (readings, width) => {
      const curve = createCurve(readings);
      const shown = { ...plot, width };
      const label = { left: plot.x + 100, right: plot.x + 140, top: plot.y, bottom: plot.y + 60 };
      const half = arrowWidth / 2;
      for (const { x, y } of placeArrows(curve, shown, [label])) {
        for (const reading of curve.readings) {
          if (Math.abs(xOf(shown, reading.timeMs) - x) > half) continue;
          expect(Math.abs(yOf(shown, reading.valueMmolL) - y)).toBeGreaterThan(half);
        }
        const isBeside = x + half < label.left || x - half > label.right || y - half > label.bottom;
        expect(isBeside).toBe(true);
      }
    }),
  );
  const fortnight = readingsOf(Array<number>(14 * 480).fill(8), { startMs, trend: 15 });
  const long = { ...plot, width: 800, endMs: startMs + 14 * 24 * hourMs };
  const arrows = placeArrows(createCurve(fortnight), long);
  expect(arrows.length).toBeGreaterThan(0);
  expect(arrows.length).toBeLessThanOrEqual(7);
});
