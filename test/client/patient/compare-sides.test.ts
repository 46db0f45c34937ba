import { expect, test } from "vitest";
import {
  daysBefore,
  daysOfTwoSensors,
  hoursAround,
  periodBefore,
  sensorSides,
  shortfallOf,
  sidesOf,
} from "#client/patient/compare-sides.ts";
import {
  type ComparisonChoice,
  comparisonSearch,
  parseComparison,
} from "#client/patient/comparison-choice.ts";
import { readingsOf } from "#test/support/readings.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const endMs = Date.UTC(2026, 10, 24, 3);
const period = { startMs: endMs - 14 * dayMs, endMs };
const changeMs = period.startMs + 10 * hourMs;
const hourly = (sensor: string, fromMs: number, toMs: number) =>
  readingsOf(Array<number>(Math.round((toMs - fromMs) / hourMs)).fill(6), {
    startMs: fromMs,
    spacingMin: 60,
    sensor,
  });
const readings = [...hourly("P1", period.startMs, changeMs), ...hourly("P2", changeMs, endMs)];
const lives = (p1StartedMs: number, p2EndedMs: number | null = null) =>
  new Map([
    ["P1", { activatedAtMs: p1StartedMs, endedAtMs: changeMs }],
    ["P2", { activatedAtMs: changeMs, endedAtMs: p2EndedMs }],
  ]);
const full = { coveredShare: 1 };

test("a sensor that began before the period is a piece, the one after it is whole so far", () => {
  const sides = sensorSides(readings, period, lives(period.startMs - 5 * dayMs), endMs);
  expect(sides?.map(({ sensor }) => sensor)).toEqual([
    { serial: "P2", isPiece: false },
    { serial: "P1", isPiece: true },
  ]);
  expect(sides?.map((side) => shortfallOf(side, full))).toEqual([null, "piece"]);
});

test("a sensor whose start is not known is a piece when its readings run from the period's edge", () => {
  const sides = sensorSides(readings, period, new Map(), endMs);
  expect(sides?.map(({ sensor }) => sensor?.isPiece)).toEqual([false, true]);
});

test("a sensor that went on after a past period is a piece", () => {
  const ended = lives(period.startMs, endMs + 2 * dayMs);
  const sides = sensorSides(readings, period, ended, endMs + 30 * dayMs);
  expect(sides?.map(({ sensor }) => sensor?.isPiece)).toEqual([true, false]);
});

test("a whole sensor with less than a day of data is too little to compare", () => {
  const [, other] = sensorSides(readings, period, lives(period.startMs), endMs) ?? [];
  expect(other && shortfallOf(other, full)).toBe("little");
});

test("one sensor alone has nothing beside it", () => {
  expect(sensorSides(hourly("P1", period.startMs, endMs), period, new Map(), endMs)).toBeNull();
});

test("of chosen days a day of data is enough, and of a single one the usual 70 %", () => {
  const day = { startMs: 0, endMs: dayMs };
  expect([0.69, 0.7].map((coveredShare) => shortfallOf(day, { coveredShare }))).toEqual(["little", null]);
  expect([0.07, 0.08].map((coveredShare) => shortfallOf(period, { coveredShare }))).toEqual(["little", null]);
});

test("the other days offered end with the day before the period's first one, also when the clocks change", () => {
  expect(daysBefore(period, "Europe/Berlin")).toEqual({ from: "2026-10-27", to: "2026-11-09" });
  const afterChange = { startMs: Date.UTC(2026, 9, 26, 5), endMs: Date.UTC(2026, 9, 29, 5) };
  expect(daysBefore(afterChange, "Europe/Berlin")).toEqual({ from: "2026-10-23", to: "2026-10-25" });
  const midnight = { startMs: Date.UTC(2026, 10, 10), endMs: Date.UTC(2026, 10, 11) };
  expect(daysBefore(midnight, "UTC")).toEqual({ from: "2026-11-09", to: "2026-11-09" });
});

test("a side that moves with the minute is read by whole hours around it", () => {
  const at = (minutes: number) => hoursAround({ startMs: minutes * 60_000, endMs: (minutes + 60) * 60_000 });
  expect(at(61)).toEqual({ startMs: hourMs, endMs: 3 * hourMs });
  expect(at(119)).toEqual(at(61));
});

test("before three whole days of 73 hours come three whole days, and before 72 hours 72", () => {
  const whole = { startMs: Date.UTC(2026, 9, 23, 23), endMs: Date.UTC(2026, 9, 27) };
  expect(periodBefore(whole, "Europe/London")).toEqual({
    startMs: Date.UTC(2026, 9, 20, 23),
    endMs: whole.startMs,
  });
  const part = { startMs: Date.UTC(2026, 9, 24, 5), endMs: Date.UTC(2026, 9, 27, 5) };
  expect(periodBefore(part, "Europe/London")).toEqual({
    startMs: Date.UTC(2026, 9, 21, 5),
    endMs: part.startMs,
  });
});

const none: ComparisonChoice = { choice: null, days: null, since: null };

test.each<ComparisonChoice>([
  none,
  { ...none, choice: "before" },
  { ...none, choice: "sensor" },
  { ...none, choice: "since" },
  { ...none, choice: "since", since: "2026-11-20" },
  { ...none, choice: "custom" },
  { ...none, choice: "custom", days: { startMs: 1_700_000_000_000, endMs: 1_700_600_000_000 } },
])("a comparison comes back from the address as it went into it: %o", (comparison) => {
  expect(parseComparison(new URLSearchParams(comparisonSearch(comparison)))).toEqual(comparison);
});

test.each(["", "nonsense", "since-yesterday", "custom-9-1", "custom-1-99999999999999", "before-before-x"])(
  "an address that asks to compare with %j breaks nothing",
  (asked) => {
    const parsed = parseComparison(new URLSearchParams({ compare: asked }));
    expect([parsed.days, parsed.since]).toEqual([null, null]);
  },
);

test("before and since a date divide the period at that day's midnight; a date outside it divides nothing", () => {
  const data = { ...period, timeZone: "UTC", readings, lives: new Map() };
  const atMs = Date.UTC(2026, 10, 20);
  expect(sidesOf({ ...none, choice: "since", since: "2026-11-20" }, data, endMs)).toEqual([
    { startMs: atMs, endMs },
    { startMs: period.startMs, endMs: atMs },
  ]);
  expect(sidesOf({ ...none, choice: "since", since: "2026-10-20" }, data, endMs)).toBeNull();
  expect(sidesOf({ ...none, choice: "since" }, data, endMs)).not.toBeNull();
});

test("the days of both sensors begin with the day that the earlier one was started on, and end with today", () => {
  const own = lives(period.startMs - 5 * dayMs);
  const days = daysOfTwoSensors({ ...period, timeZone: "UTC", readings }, own, endMs);
  expect(days).toEqual({ kind: "range", startMs: Date.UTC(2026, 10, 5), endMs: Date.UTC(2026, 10, 25) });
  const within = { startMs: Date.UTC(2026, 10, 5), endMs };
  const whole = [...hourly("P1", period.startMs - 5 * dayMs, period.startMs), ...readings];
  expect(sensorSides(whole, within, own, endMs)?.map(({ sensor }) => sensor?.isPiece)).toEqual([
    false,
    false,
  ]);
});
