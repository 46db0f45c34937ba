import { expect, test } from "vitest";
import { localDayOf } from "#glucose/local-time.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import { dayLines } from "#report/patient/day-tile-view.ts";
import { shownDayInFull } from "#report/patient/day-view.ts";
import { readingsOf } from "#test/support/readings.ts";

const hourMs = 3_600_000;
const words = (key: string, values: Record<string, string | number> = {}) =>
  [key, ...Object.values(values)].join(" ");
const { edges } = targetsFor("most-adults");

test("a whole day says its time in range and its data, and nothing of its usual length", () => {
  const day = localDayOf(Date.UTC(2026, 10, 6, 12), "UTC");
  const readings = readingsOf(Array<number>(480).fill(6), { startMs: day.startMs });
  const statistics = statisticsOf(readings, day, edges);
  expect(dayLines({ day, whole: day, statistics }, words, "en")).toEqual([
    "dayInRange 100.0",
    "dayData 100.0",
  ]);
  expect(shownDayInFull({ day, span: day }, "UTC", "en")).toBe("Friday 6 Nov 2026");
});

test("the day on which the clocks go forward says its 23 hours, and a part of it when that is", () => {
  const day = localDayOf(Date.UTC(2026, 2, 29, 12), "Europe/Berlin");
  const span = { startMs: day.startMs, endMs: day.startMs + 8 * hourMs };
  const none = statisticsOf([], day, edges);
  expect(dayLines({ day, whole: day, statistics: none }, words, "en")).toEqual([
    expect.stringMatching(/^23\shours$/),
  ]);
  expect(shownDayInFull({ day, span }, "Europe/Berlin", "en")).toMatch(
    /^Sunday 29 Mar 2026 · 00:00 – 09:00 · 23\shours$/,
  );
});
