import { expect, test } from "vitest";
import { figuresOf } from "#glucose/figures.ts";
import { localDays } from "#glucose/local-time.ts";
import { summariesOf } from "#glucose/summary.ts";
import { targetsOf } from "#glucose/targets.ts";
import { dayMs, hourMs, minuteMs } from "#glucose/time.ts";
import { readingsOf } from "#test/support/readings.ts";

const timeZone = "Asia/Kathmandu";
const { edges } = targetsOf["most-adults"];
/** Midnight there, at which nine whole days begin. */
const beginMs = Date.UTC(2026, 10, 20, 18, 15);
const nowMs = beginMs + 9 * dayMs;

/** Nights of the last seven with a low, of lows by the hour since the third of nine days began. */
function nightsWithLows(lows: readonly (readonly [fromHour: number, toHour: number])[]): number {
  const weekMs = beginMs + 2 * dayMs;
  const isLow = (timeMs: number) =>
    lows.some(([from, to]) => timeMs >= weekMs + from * hourMs && timeMs < weekMs + to * hourMs);
  const values = Array.from({ length: 9 * 480 }, (_, i) => (isLow(beginMs + i * 3 * minuteMs) ? 3.5 : 6));
  const days = summariesOf(
    readingsOf(values, { startMs: beginMs }),
    localDays(beginMs, nowMs, timeZone),
    edges,
    { lives: new Map(), unread: [], unreadable: [] },
  );
  const own = { nowMs, timeZone, targets: targetsOf["most-adults"], lives: new Map(), now: null };
  return figuresOf({ days, parts: [] }, own).week.nightsWithLows;
}

test.each([
  ["none", [], 0],
  ["from the evening before the first night into it", [[-1.5, 1.75]], 1],
  ["that ended before the first night", [[-1.5, -0.5]], 0],
  ["of the night before the first", [[-22, -20]], 0],
  ["over a whole day and two nights", [[20, 50]], 2],
  ["by day", [[7, 23]], 0],
  [
    "two in one night",
    [
      [1, 2],
      [4, 5],
    ],
    1,
  ],
  ["each night", [0, 1, 2, 3, 4, 5, 6].map((day) => [day * 24 + 2, day * 24 + 3] as const), 7],
] as const)("of the last seven nights those count with a low in them: %s", (_, lows, nights) => {
  expect(nightsWithLows(lows)).toBe(nights);
});
