import { expect, test } from "vitest";
import { edgesMmolL } from "#glucose/bands.ts";
import { endingOf } from "#glucose/episode-ending.ts";
import { episodesOf } from "#glucose/episodes.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);

test("one that the last reading is in is still going on until that reading is stale", () => {
  const lastMs = startMs + 30 * minuteMs;
  const endings =
    (values: (number | null)[]) =>
    (nowMs: number, periodEndMs = nowMs) =>
      episodesOf(readingsOf(values), { startMs, endMs: periodEndMs }, "low", edgesMmolL).map((episode) =>
        endingOf(episode, periodEndMs, nowMs),
      );
  const low = endings([...times(5, 6), ...times(6, 3.5)]);
  expect(low(lastMs + 15 * minuteMs)).toEqual(["ongoing"]);
  expect(low(lastMs + 16 * minuteMs)).toEqual(["cut-off"]);
  // Nothing was measured after the period: that it went on is not known.
  expect(low(lastMs + 600 * minuteMs, lastMs + minuteMs)).toEqual(["cut-off"]);
  expect(low(lastMs + 600 * minuteMs, lastMs - minuteMs)).toEqual(["period-end"]);
  const recovering = endings([...times(7, 3.5), ...times(4, 5)]);
  expect(recovering(lastMs + minuteMs)).toEqual(["ongoing"]);
});

test("a gap cuts an episode off however fresh the last reading is, and one that came back returned", () => {
  const values = [...times(8, 3.5), ...times(16, null), ...times(8, 6), ...times(8, 3.5), ...times(8, 6)];
  const nowMs = startMs + 48 * 3 * minuteMs;
  const episodes = episodesOf(readingsOf(values), { startMs, endMs: nowMs }, "low", edgesMmolL);
  expect(episodes.map((episode) => endingOf(episode, nowMs, nowMs))).toEqual(["cut-off", "returned"]);
});
