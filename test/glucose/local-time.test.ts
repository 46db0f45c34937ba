import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isLocalTimeAmbiguous,
  isOneLocalDay,
  isWholeLocalDays,
  localDateOf,
  localDayNamed,
  localDayOf,
  localDayStartMs,
  localDays,
  localMinuteOfDay,
  localWeekday,
  nextLocalDay,
  previousLocalDay,
} from "#glucose/local-time.ts";

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

/** The day of a change, its hours, and the first instant of the day after. */
const changes: [string, string, string, number][] = [
  ["America/Santiago", "2026-09-06", "midnight is skipped", 23],
  ["America/Santiago", "2026-04-04", "the hour before midnight comes twice", 25],
  ["Asia/Beirut", "2026-03-29", "midnight is skipped", 23],
  ["Asia/Beirut", "2026-10-24", "the hour before midnight comes twice", 25],
  ["Africa/Cairo", "2026-04-24", "midnight is skipped", 23],
  ["Africa/Cairo", "2026-10-29", "the hour before midnight comes twice", 25],
  ["America/Havana", "2026-03-08", "midnight is skipped", 23],
  ["America/Havana", "2026-11-01", "the hour after midnight comes twice", 25],
  ["Atlantic/Azores", "2026-03-29", "midnight is skipped", 23],
  ["Atlantic/Azores", "2026-10-25", "the hour after midnight comes twice", 25],
  ["Australia/Lord_Howe", "2026-10-04", "half an hour is skipped", 23.5],
  ["Australia/Lord_Howe", "2026-04-05", "half an hour comes twice", 24.5],
  ["Antarctica/Troll", "2026-03-29", "two hours are skipped", 22],
  ["Antarctica/Troll", "2026-10-25", "two hours come twice", 26],
  ["Pacific/Chatham", "2026-04-05", "12:45 from UTC", 25],
  ["Asia/Kathmandu", "2026-10-25", "5:45 from UTC, no saving", 24],
  ["Europe/London", "2026-10-25", "clocks go back", 25],
];

test.each(changes)(
  "%s, %s, where %s, has %d hours, the same from every instant of it",
  (zone, date, _, length) => {
    const day = localDayNamed(date, zone);
    if (!day) throw new Error("no day");
    expect((day.endMs - day.startMs) / hourMs).toBe(length);
    expect(isOneLocalDay(day, zone)).toBe(true);
    for (let timeMs = day.startMs; timeMs < day.endMs; timeMs += hourMs / 4) {
      expect(localDayOf(timeMs, zone)).toEqual(day);
      expect(localDateOf(timeMs, zone)).toBe(date);
    }
    expect(localDateOf(day.endMs - 1, zone)).toBe(date);
    expect(nextLocalDay(previousLocalDay(day, zone), zone)).toEqual(day);
    expect(previousLocalDay(nextLocalDay(day, zone), zone)).toEqual(day);
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    expect(localWeekday(day.startMs, zone)).toBe((weekday + 6) % 7);
  },
);

test("a day that a zone skipped over the date line has no time, and the days around it are neighbours", () => {
  const zone = "Pacific/Apia";
  const skipped = localDayNamed("2011-12-30", zone);
  expect(skipped && skipped.endMs - skipped.startMs).toBe(0);
  const before = localDayNamed("2011-12-29", zone);
  const after = localDayNamed("2011-12-31", zone);
  expect(before && nextLocalDay(before, zone)).toEqual(after);
  expect(after && previousLocalDay(after, zone)).toEqual(before);
});

test("what is no date names no day", () => {
  for (const text of ["", "2026-02-30", "2026-13-01", "6 Nov 2026", "2026-11-6"])
    expect(localDayNamed(text, "UTC")).toBeNull();
});

test("whole local days are those from midnight to midnight, also 73 hours of them", () => {
  const startMs = Date.UTC(2026, 9, 23, 23);
  expect(isWholeLocalDays({ startMs, endMs: startMs + 73 * hourMs }, "Europe/London")).toBe(true);
  expect(isWholeLocalDays({ startMs, endMs: startMs + 72 * hourMs }, "Europe/London")).toBe(false);
  expect(isWholeLocalDays({ startMs, endMs: startMs }, "Europe/London")).toBe(false);
});

test.each([
  ["Europe/London", Date.UTC(2026, 9, 25, 0), 2],
  ["America/Santiago", Date.UTC(2026, 3, 5, 2), 2],
  ["America/Havana", Date.UTC(2026, 10, 1, 4), 2],
  ["Australia/Lord_Howe", Date.UTC(2026, 3, 4, 14, 30), 1],
  ["Antarctica/Troll", Date.UTC(2026, 9, 24, 23), 4],
])("in %s the doubled time is ambiguous, and not a minute more", (zone, fromMs, lengthHours) => {
  const toMs = fromMs + lengthHours * hourMs;
  const at = (timeMs: number) => isLocalTimeAmbiguous(timeMs, zone);
  expect([fromMs - 60_000, fromMs, toMs - 60_000, toMs].map(at)).toEqual([false, true, true, false]);
});

test("no time is ambiguous where clocks go forward, skip a day or never change", () => {
  expect(isLocalTimeAmbiguous(Date.UTC(2026, 2, 29, 1), "Europe/London")).toBe(false);
  expect(isLocalTimeAmbiguous(Date.UTC(2011, 11, 30, 10), "Pacific/Apia")).toBe(false);
  expect(isLocalTimeAmbiguous(Date.UTC(2026, 9, 25, 0, 30), "Asia/Kathmandu")).toBe(false);
});
