import { expect, test } from "vitest";
import { moveCursor, nowhere, sliderPosition, windowAround } from "#client/chart/cursor.ts";
import type { Place } from "#client/chart/walk.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = Date.UTC(2026, 10, 6);
const hourMs = 3_600_000;
const readings = readingsOf([6, 5, 4], { startMs });
const at = (index: number): Place => ({ level: "reading", timeMs: readings[index]?.timeMs ?? 0 });
const day = { startMs, endMs: startMs + 24 * hourMs };

test("a reading is marked, and the mark stays while others are chosen", () => {
  const chosen = moveCursor(nowhere, { type: "go", place: at(0) }, readings);
  const marked = moveCursor(chosen, { type: "pin" }, readings);
  const onwards = moveCursor(marked, { type: "go", place: at(2) }, readings);
  expect(onwards).toEqual({ place: at(2), pinnedMs: startMs });
});

test("marked once more, a reading is marked no longer; where none is chosen, nothing is marked", () => {
  const marked = { place: at(1), pinnedMs: readings[1]?.timeMs ?? 0 };
  expect(moveCursor(marked, { type: "pin" }, readings)).toEqual({ place: at(1), pinnedMs: null });
  expect(
    moveCursor({ place: { level: "view" }, pinnedMs: null }, { type: "pin" }, readings).pinnedMs,
  ).toBeNull();
});

test("back takes the mark away first, then the choice", () => {
  const once = moveCursor({ place: at(2), pinnedMs: startMs }, { type: "back" }, readings);
  expect(once).toEqual({ place: at(2), pinnedMs: null });
  expect(moveCursor(once, { type: "back" }, readings)).toEqual(nowhere);
});

test("what is in view moves no window; what is not is brought to its middle, and a longer stretch whole", () => {
  const extent = { startMs: startMs - 24 * hourMs, endMs: startMs + 72 * hourMs };
  const view = { startMs, endMs: startMs + 4 * hourMs };
  expect(windowAround({ level: "reading", timeMs: startMs + hourMs }, view, extent)).toBeNull();
  expect(windowAround({ level: "reading", timeMs: startMs + 12 * hourMs }, view, extent)).toEqual({
    startMs: startMs + 10 * hourMs,
    endMs: startMs + 14 * hourMs,
  });
  const whole = windowAround({ level: "day", ...day }, view, extent);
  expect(whole?.startMs).toBeLessThan(day.startMs);
  expect(whole?.endMs).toBeGreaterThan(day.endMs);
});

test("the slider counts the readings in view: the last where none is chosen, the nearest where one is out of view", () => {
  const six = readingsOf([6, 6, 6, 6, 6, 6], { startMs });
  const timeMs = (index: number) => six[index]?.timeMs ?? 0;
  const view = { startMs: timeMs(1), endMs: timeMs(4) };
  const now = (index: number) => sliderPosition(six, { level: "reading", timeMs: timeMs(index) }, view).now;
  expect(sliderPosition(six, null, view)).toEqual({ max: 3, now: 3, isEmpty: false });
  expect([now(0), now(1), now(3), now(5)]).toEqual([0, 0, 2, 3]);
  const night = { startMs: startMs + hourMs, endMs: startMs + 2 * hourMs };
  expect(sliderPosition(six, null, night)).toEqual({ max: 0, now: 0, isEmpty: true });
});
