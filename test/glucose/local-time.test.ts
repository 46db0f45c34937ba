import fc from "fast-check";
import { expect, test } from "vitest";
import { localDayStartMs, localDays, localMinuteOfDay } from "#glucose/local-time.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const hours = (days: readonly { startMs: number; endMs: number }[]) =>
  days.map(({ startMs, endMs }) => (endMs - startMs) / hourMs);

test("a London day is 25 hours when the clocks go back and 23 when they go forward", () => {
  const october = Date.UTC(2026, 9, 23, 23);
  expect(hours(localDays(october, october + 73 * hourMs, "Europe/London"))).toEqual([24, 25, 24]);
  const march = Date.UTC(2026, 2, 28);
  expect(hours(localDays(march, march + 71 * hourMs, "Europe/London"))).toEqual([24, 23, 24]);
});

test.each([
  ["America/Sao_Paulo", "midnight was skipped", Date.UTC(2018, 10, 4, 12), Date.UTC(2018, 10, 4, 3), 23],
  ["Australia/Lord_Howe", "half an hour of saving", Date.UTC(2026, 3, 5, 3), Date.UTC(2026, 3, 4, 13), 24.5],
  ["America/Havana", "midnight came twice", Date.UTC(2025, 10, 2, 12), Date.UTC(2025, 10, 2, 4), 25],
  ["Asia/Kathmandu", "no saving at all", Date.UTC(2026, 5, 1, 12), Date.UTC(2026, 4, 31, 18, 15), 24],
])("%s, where %s", (timeZone, _, withinMs, startMs, length) => {
  expect(localDayStartMs(withinMs, timeZone)).toBe(startMs);
  expect(hours(localDays(startMs, startMs + 3 * dayMs, timeZone))[0]).toBe(length);
});

test("a zone that jumped over the date line skipped a day", () => {
  const startMs = Date.UTC(2011, 11, 29, 10);
  expect(hours(localDays(startMs, startMs + 2 * dayMs, "Pacific/Apia"))).toEqual([24, 24]);
});

test("the minute of the day is what the wall clock shows", () => {
  expect(localMinuteOfDay(Date.UTC(2026, 10, 6, 9, 30), "Asia/Shanghai")).toBe(17 * 60 + 30);
  expect(localMinuteOfDay(Date.UTC(2026, 10, 6, 9, 30), "Asia/Kathmandu")).toBe(15 * 60 + 15);
  expect(localMinuteOfDay(Date.UTC(2026, 9, 25, 0, 30), "Europe/London")).toBe(90);
  expect(localMinuteOfDay(Date.UTC(2026, 9, 25, 1, 30), "Europe/London")).toBe(90);
});

test("days tile any period in any zone without a hole or an overlap, and agree with Intl", () => {
  const zones = fc.constantFrom(
    "UTC",
    "Asia/Shanghai",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "Africa/Casablanca",
    "Pacific/Chatham",
    "Asia/Beirut",
  );
  const start = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(zones, start, fc.integer({ min: 1, max: 40 * dayMs }), (timeZone, startMs, lengthMs) => {
      const days = localDays(startMs, startMs + lengthMs, timeZone);
      expect(days[0]?.startMs).toBe(startMs);
      expect(days.at(-1)?.endMs).toBe(startMs + lengthMs);
      const date = new Intl.DateTimeFormat("en-CA", { timeZone });
      for (const [i, day] of days.entries()) {
        if (i > 0) expect(day.startMs).toBe(days[i - 1]?.endMs);
        expect(date.format(day.startMs)).toBe(date.format(day.endMs - 1));
        if (i > 0) expect(date.format(day.startMs)).not.toBe(date.format(day.startMs - 1));
      }
    }),
    { numRuns: 200 },
  );
});

test("a zone nobody knows is a RangeError", () => {
  expect(() => localDayStartMs(0, "Mars/Olympus")).toThrow(RangeError);
});
