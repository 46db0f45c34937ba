import { expect, test } from "vitest";
import {
  addressFault,
  dateInput,
  parsePeriod,
  parseWindow,
  periodAround,
  periodSearch,
  rangeOfDays,
} from "#client/patient/period.ts";
import { spanOf } from "#contract/period.ts";
import { daysIn, isUpToDays } from "#report/patient/period-data.ts";

const nowMs = Date.UTC(2026, 10, 23, 12);
const parse = (search: string) => parsePeriod(new URLSearchParams(search));

test("the address names the period, and anything else is 14 days", () => {
  expect(parse("days=90")).toEqual({ kind: "last", days: 90 });
  expect(parse("start=1000&end=2000")).toEqual({ kind: "range", startMs: 1000, endMs: 2000 });
  for (const odd of ["", "days=5", "start=2000&end=1000", "start=a&end=b", "start=1&end=99999999999999"])
    expect(parse(odd)).toEqual({ kind: "last", days: 14 });
});

test.each([
  ["days=14", null],
  ["", null],
  ["start=1000&end=2000", null],
  ["days=14&from=1000&to=2000", null],
  ["days=5", "addressDays"],
  ["days=500", "addressDays"],
  ["start=2000&end=1000", "rangeOrder"],
  ["start=2000", "addressUnreadable"],
  ["start=2026-02-31&end=2026-03-01", "addressUnreadable"],
  [`start=1000&end=${1000 + 401 * 86_400_000}`, "rangeLong"],
  [`start=${nowMs + 1}&end=${nowMs + 2}`, "rangeFuture"],
  ["days=14&from=2000&to=1000", "rangeOrder"],
  [`days=14&from=${nowMs + 1}&to=${nowMs + 2}`, "rangeFuture"],
])("an address that says %j asks for something that cannot be shown: %s", (search, fault) => {
  expect(addressFault(new URLSearchParams(search), nowMs)).toBe(fault);
});

test("a period comes back from its own address", () => {
  for (const search of ["days=3", "start=1000&end=2000"])
    expect(new URLSearchParams(periodSearch(parse(search))).toString()).toBe(search);
});

test("a window that ends now moves once a minute", () => {
  const { startMs, endMs } = spanOf({ kind: "last", days: 1 }, nowMs + 1, "Europe/Berlin");
  expect(endMs).toBe(nowMs + 60_000);
  expect(endMs - startMs).toBe(24 * 3_600_000);
});

test.each([
  ["UTC", 14, Date.UTC(2026, 10, 10)],
  ["Asia/Shanghai", 14, Date.UTC(2026, 10, 9, 16)],
  ["Pacific/Auckland", 3, Date.UTC(2026, 10, 21, 11)],
  // The clocks went back on 25 October.
  ["Europe/London", 90, Date.UTC(2026, 7, 25, 23)],
] as const)("in %s the last %i days are today and those before it", (zone, days, startMs) => {
  const span = spanOf({ kind: "last", days }, nowMs, zone);
  expect(span).toEqual({ startMs, endMs: nowMs });
  expect(daysIn(span, zone)).toBe(days);
});

test("in the last hour of a day after the clocks went back, days begin an hour late, which is read", () => {
  const lateMs = Date.UTC(2026, 9, 28, 23, 30);
  const span = spanOf({ kind: "last", days: 14 }, lateMs, "Europe/London");
  expect(span).toEqual({ startMs: lateMs - 14 * 86_400_000, endMs: lateMs });
  expect(daysIn(span, "Europe/London")).toBe(14);
});

test("days are the patient's, both included, 25 hours long when the clocks go back", () => {
  expect(rangeOfDays("2026-10-25", "2026-10-25", "Europe/London", nowMs)).toEqual({
    kind: "range",
    startMs: Date.UTC(2026, 9, 24, 23),
    endMs: Date.UTC(2026, 9, 26),
  });
  expect(rangeOfDays("2026-11-06", "2026-11-06", "Pacific/Auckland", nowMs)).toEqual({
    kind: "range",
    startMs: Date.UTC(2026, 10, 5, 11),
    endMs: Date.UTC(2026, 10, 6, 11),
  });
});

test("a range comes back to the fields as it was typed", () => {
  const range = rangeOfDays("2026-11-01", "2026-11-06", "America/Los_Angeles", nowMs);
  if (typeof range === "string" || range.kind !== "range") throw new Error(String(range));
  expect(dateInput(range.startMs, "America/Los_Angeles")).toBe("2026-11-01");
  expect(dateInput(range.endMs - 1, "America/Los_Angeles")).toBe("2026-11-06");
});

test.each([
  ["2026-11-06", "2026-11-01", "rangeOrder"],
  ["", "2026-11-01", "rangeMissing"],
  ["2026-12-01", "2026-12-02", "rangeFuture"],
  ["2025-01-01", "2026-11-01", "rangeLong"],
])("from %j to %j is %s", (from, to, fault) => {
  expect(rangeOfDays(from, to, "UTC", nowMs)).toBe(fault);
});

test("a window is read from the address only when it is one", () => {
  const window = (text: string) => parseWindow(new URLSearchParams(text));
  expect(window("from=1000&to=2000")).toEqual({ startMs: 1000, endMs: 2000 });
  for (const text of [
    "",
    "from=1000",
    "from=2000&to=1000",
    "from=a&to=b",
    "from=-1&to=2",
    "from=1&to=99999999999999",
  ])
    expect(window(text)).toBeNull();
});

test("a link to a window that the last days have left behind shows the whole days around it", () => {
  const nowMs = Date.UTC(2026, 10, 20, 12);
  const last = { kind: "last", days: 14 } as const;
  const recent = { startMs: nowMs - 3_600_000, endMs: nowMs };
  expect(periodAround(last, recent, nowMs, "Europe/Berlin")).toBe(last);
  const old = { startMs: Date.UTC(2026, 8, 1, 10), endMs: Date.UTC(2026, 8, 2, 10) };
  expect(periodAround(last, old, nowMs, "Europe/Berlin")).toEqual({
    kind: "range",
    startMs: Date.UTC(2026, 7, 31, 22),
    endMs: Date.UTC(2026, 8, 2, 22),
  });
});

test("a chosen day belongs to the period that has a part of it, and is one of its own beside it", () => {
  const nowMs = Date.UTC(2026, 10, 20, 12);
  const last = { kind: "last", days: 14 } as const;
  const dayAt = (day: number) => ({ startMs: Date.UTC(2026, 10, day), endMs: Date.UTC(2026, 10, day + 1) });
  expect(periodAround(last, dayAt(7), nowMs, "UTC")).toBe(last);
  expect(periodAround(last, dayAt(6), nowMs, "UTC")).toEqual({ kind: "range", ...dayAt(6) });
  const range = { kind: "range", startMs: Date.UTC(2026, 10, 1), endMs: Date.UTC(2026, 10, 3) } as const;
  expect(periodAround(range, dayAt(2), nowMs, "UTC")).toBe(range);
  expect(periodAround(range, dayAt(3), nowMs, "UTC")).toEqual({ kind: "range", ...dayAt(3) });
  expect(periodAround(last, dayAt(21), nowMs, "UTC")).toBe(last);
});

test.each([
  ["Europe/London", "2026-10-24", "2026-10-26", 73],
  ["Europe/London", "2026-03-28", "2026-03-30", 71],
  ["Australia/Lord_Howe", "2026-04-04", "2026-04-06", 72.5],
  ["America/Santiago", "2026-09-05", "2026-09-07", 71],
])(
  "three whole days in %s from %s to %s are three days, whatever hours they have",
  (zone, from, to, hours) => {
    const range = rangeOfDays(from, to, zone, nowMs);
    if (typeof range === "string" || range.kind !== "range") throw new Error(String(range));
    expect((range.endMs - range.startMs) / 3_600_000).toBe(hours);
    expect(daysIn(range, zone)).toBe(3);
    expect(isUpToDays(range, 3, zone)).toBe(true);
    expect(isUpToDays({ ...range, endMs: range.endMs + 3 * 3_600_000 }, 3, zone)).toBe(false);
  },
);

test("three times 24 hours are three days wherever they begin, a minute more is not", () => {
  const startMs = Date.UTC(2026, 9, 23, 14, 5);
  const endMs = startMs + 72 * 3_600_000;
  expect(isUpToDays({ startMs, endMs }, 3, "Europe/London")).toBe(true);
  expect(isUpToDays({ startMs, endMs: endMs + 60_000 }, 3, "Europe/London")).toBe(false);
});

test("a date that is on no calendar, or that the zone skipped, is none", () => {
  expect(rangeOfDays("2026-02-30", "2026-03-01", "UTC", nowMs)).toBe("rangeMissing");
  expect(rangeOfDays("2011-12-30", "2011-12-30", "Pacific/Apia", nowMs)).toBe("rangeMissing");
});
