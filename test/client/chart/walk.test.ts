import { expect, test } from "vitest";
import { beside, episodeFrom, into, outOf, placeAt, type Tree } from "#client/chart/walk.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { episodesOf } from "#glucose/episodes.ts";
import { gapsOf } from "#glucose/gaps.ts";
import { localDays } from "#glucose/local-time.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const startMs = Date.UTC(2026, 10, 6);
const span = { startMs, endMs: startMs + 2 * dayMs };
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);

/**
 * Two days: a low from 02:00 to 03:00 of the first, a gap from about 10:00 to
 * 12:00, and a low at 01:00 of the second.
 */
const readings = readingsOf(
  [
    ...times(40, 6),
    ...times(20, 3.2),
    ...times(140, 6),
    ...times(40, null),
    ...times(240, 6),
    ...times(20, 6),
    ...times(20, 2.8),
    ...times(440, 6),
  ],
  { startMs },
);
const tree: Tree = {
  readings,
  days: localDays(span.startMs, span.endMs, "UTC"),
  episodes: episodesOf(readings, span, "low", edgesMmolL),
  gaps: gapsOf(readings, span, new Map()),
};
const [firstDay, lastDay] = tree.days;

test("down from all that is shown lies its last day, then that day's first low, then the low's first reading", () => {
  const day = into(tree, null, span);
  expect(day).toEqual({ level: "day", ...lastDay });
  const low = into(tree, day, span);
  expect(low).toMatchObject({ level: "episode", startMs: startMs + dayMs + 60 * minuteMs });
  expect(into(tree, low, span)).toEqual({ level: "reading", timeMs: startMs + dayMs + 60 * minuteMs });
});

test("sideways lie the day before, and lows and gaps as one row in time order; beyond either end lies nothing", () => {
  expect(beside(tree, { level: "day", ...(lastDay as typeof span) }, -1)).toEqual({
    level: "day",
    ...firstDay,
  });
  expect(beside(tree, { level: "day", ...(lastDay as typeof span) }, 1)).toBeNull();
  const low = into(tree, { level: "day", ...(firstDay as typeof span) }, span);
  const gap = low && beside(tree, low, 1);
  expect(gap?.level).toBe("gap");
  expect(gap && beside(tree, gap, 1)).toMatchObject({
    level: "episode",
    startMs: startMs + dayMs + 60 * minuteMs,
  });
  expect(low && beside(tree, low, -1)).toBeNull();
});

test("up from a reading lies the low that it is in, or its day, then all that is shown", () => {
  const inLow = outOf(tree, { level: "reading", timeMs: startMs + 150 * minuteMs });
  expect(inLow).toMatchObject({ level: "episode", startMs: startMs + 120 * minuteMs });
  expect(outOf(tree, inLow)).toEqual({ level: "day", ...firstDay });
  expect(outOf(tree, { level: "reading", timeMs: startMs + 300 * minuteMs })).toEqual({
    level: "day",
    ...firstDay,
  });
  expect(outOf(tree, { level: "day", ...(firstDay as typeof span) })).toEqual({ level: "view" });
});

test("the first E goes to an episode that has already begun in the window, and from a window behind all of them to the first", () => {
  const [first, second] = tree.episodes;
  const within = { startMs: startMs + 130 * minuteMs, endMs: startMs + 140 * minuteMs };
  expect(episodeFrom(tree.episodes, null, within, true)).toBe(first);
  expect(episodeFrom(tree.episodes, null, { startMs: span.endMs - minuteMs, endMs: span.endMs }, true)).toBe(
    first,
  );
  expect(episodeFrom(tree.episodes, null, span, false)).toBe(second);
});

test("a gap that is pointed at is a place of its own", () => {
  const plot = { x: 0, y: 0, width: 1000, height: 100, ...span };
  expect(placeAt(tree, plot, (11 / 48) * 1000)?.level).toBe("gap");
  expect(placeAt(tree, plot, (5 / 48) * 1000)?.level).toBe("reading");
});
