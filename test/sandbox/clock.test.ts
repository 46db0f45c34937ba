import { expect, test } from "vitest";
import { createClock } from "#sandbox/clock.ts";
import { dayMs, minuteMs, someDayMs } from "./partner.ts";

const secondMs = 1000;
const hourMs = 60 * minuteMs;
const yearMs = 365 * dayMs;

/** How far the clock has gone after each move of the machine's, and what it said. */
function gone(speed: number, moves: readonly number[]) {
  let machineMs = someDayMs;
  const said: string[] = [];
  const from = { clockMs: someDayMs, machineMs };
  const clock = createClock(
    from,
    speed,
    () => machineMs,
    (words) => said.push(words),
  );
  const steps = moves.map((move) => {
    machineMs += move;
    return clock.now() - someDayMs;
  });
  return { steps, said };
}

test.each<[what: string, speed: number, moves: number[], steps: number[]]>([
  ["nothing", 1, [0, 0], [0, 0]],
  ["seconds", 1, [secondMs, secondMs], [secondMs, 2 * secondMs]],
  ["seconds, 60 times as fast", 60, [secondMs, secondMs], [minuteMs, 2 * minuteMs]],
  ["a minute, 60 times as fast", 60, [minuteMs], [hourMs]],
  ["a fraction", 2.5, [3], [8]],
  ["fractions, without losing any", 2.5, [1, 1, 1, 1], [3, 5, 8, 10]],
  ["an hour asleep", 1, [hourMs], [hourMs]],
  ["an hour asleep, 60 times as fast", 60, [hourMs], [hourMs + 59 * minuteMs]],
  ["an hour asleep, as fast as can be", 1000, [hourMs], [59 * minuteMs + 1000 * minuteMs]],
  ["a day asleep", 1, [dayMs], [dayMs]],
  ["a few seconds back, until caught up", 1, [-2 * secondMs, secondMs, 2 * secondMs], [0, 0, secondMs]],
  ["a minute back and forth", 60, [-minuteMs, minuteMs, secondMs], [0, 0, minuteMs]],
])("the clock goes on: %s", (_what, speed, moves, steps) => {
  expect(gone(speed, moves)).toEqual({ steps, said: [] });
});

test.each<[what: string, speed: number, moves: number[], steps: number[], said: RegExp]>([
  ["two minutes back", 1, [-2 * minuteMs, secondMs], [0, secondMs], /went back by 2 minutes/],
  ["a day back", 1, [-dayMs, secondMs], [0, secondMs], /went back by 24 hours; .* where it was/],
  ["a year back", 60, [-yearMs, secondMs], [0, minuteMs], /went back by 365 days/],
  ["two days ahead", 1, [2 * dayMs, secondMs], [dayMs, dayMs + secondMs], /ahead by 2 days.*24 hours/],
  ["a year ahead", 1, [yearMs, secondMs], [dayMs, dayMs + secondMs], /ahead by 365 days; .*sandbox:reset/],
  ["a year ahead, fast", 60, [yearMs], [dayMs + 59 * minuteMs], /ahead by 365 days/],
])("a jump of the machine's clock is bounded and said: %s", (_what, speed, moves, steps, words) => {
  const went = gone(speed, moves);
  expect(went.steps).toEqual(steps);
  expect(went.said).toEqual([expect.stringMatching(words)]);
});
