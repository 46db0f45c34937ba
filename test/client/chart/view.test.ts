import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createViewStore, fitted, isWhole, panned, partOf, zoomed } from "#client/chart/view.ts";

const hourMs = 3_600_000;
const extent = { startMs: 0, endMs: 240 * hourMs };
const span = fc
  .tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 500 }))
  .map(([from, hours]) => ({ startMs: from * hourMs, endMs: (from + hours) * hourMs }));

test("a window never leaves the extent and is never shorter than half an hour", () => {
  fc.assert(
    fc.property(
      span,
      fc.double({ min: 0.01, max: 20, noNaN: true }),
      fc.integer({ min: -400, max: 400 }),
      (view, factor, by) => {
        const start = fitted(view, extent);
        for (const next of [
          start,
          zoomed(start, extent, factor, by * hourMs),
          panned(start, extent, by * hourMs),
        ]) {
          expect(next.startMs).toBeGreaterThanOrEqual(extent.startMs);
          expect(next.endMs).toBeLessThanOrEqual(extent.endMs + 1e-3);
          expect(next.endMs - next.startMs).toBeGreaterThanOrEqual(hourMs / 2 - 1e-3);
        }
      },
    ),
  );
});

test("zooming leaves the instant under the pointer where it is", () => {
  const view = { startMs: 100 * hourMs, endMs: 124 * hourMs };
  const next = zoomed(view, extent, 0.5, 106 * hourMs);
  expect(next).toEqual({ startMs: 103 * hourMs, endMs: 115 * hourMs });
});

test("panning keeps the length and stops at the end", () => {
  const view = { startMs: 200 * hourMs, endMs: 224 * hourMs };
  expect(panned(view, extent, 10 * hourMs)).toEqual({ startMs: 210 * hourMs, endMs: 234 * hourMs });
  expect(panned(view, extent, 100 * hourMs)).toEqual({ startMs: 216 * hourMs, endMs: 240 * hourMs });
});

test("zooming far out is the whole extent", () => {
  expect(isWhole(zoomed({ startMs: 0, endMs: hourMs }, extent, 1000, 0), extent)).toBe(true);
});

test("a window that reaches past the end is shown as the hours of its length before the end", () => {
  const asked = { startMs: 236 * hourMs, endMs: 242 * hourMs };
  expect(partOf(asked, extent)).toEqual({ startMs: 234 * hourMs, endMs: 240 * hourMs });
  expect(partOf({ startMs: -hourMs, endMs: 300 * hourMs }, extent)).toBeNull();
  expect(partOf(null, extent)).toBeNull();
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (listener: () => void) => setTimeout(listener, 16));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("many moves are one notice per frame, and one word once the window rests", () => {
  const rested = vi.fn();
  const painted = vi.fn();
  const view = createViewStore(extent, rested);
  view.onFrame(painted);
  for (let i = 1; i <= 5; i += 1) view.set({ startMs: i * hourMs, endMs: 20 * hourMs });
  vi.advanceTimersByTime(16);
  expect(painted).toHaveBeenCalledTimes(1);
  expect(rested).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(rested).toHaveBeenCalledExactlyOnceWith({ startMs: 5 * hourMs, endMs: 20 * hourMs });
});

test("what follows from outside is painted without being told back, and waits while a hand is on the window", () => {
  const rested = vi.fn();
  const view = createViewStore(extent, rested);
  view.follow({ startMs: hourMs, endMs: 5 * hourMs });
  vi.advanceTimersByTime(1000);
  expect(rested).not.toHaveBeenCalled();
  view.set({ startMs: 2 * hourMs, endMs: 6 * hourMs });
  view.follow(extent);
  expect(view.get()).toEqual({ startMs: 2 * hourMs, endMs: 6 * hourMs });
});

test("the window that was taken last is not taken again: the hand has moved it since, and the address comes after", () => {
  const view = createViewStore(extent, vi.fn());
  const before = { startMs: hourMs, endMs: 5 * hourMs };
  view.follow(before);
  view.set({ startMs: 2 * hourMs, endMs: 6 * hourMs });
  vi.advanceTimersByTime(1000);
  view.follow({ ...before });
  expect(view.get()).toEqual({ startMs: 2 * hourMs, endMs: 6 * hourMs });
  view.follow(extent);
  expect(view.get()).toEqual(extent);
});
