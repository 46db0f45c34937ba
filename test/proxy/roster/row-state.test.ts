import { expect, test } from "vitest";
import type { Reason as MarkedReason, PatientMarks } from "#contract/patient-marks.ts";
import type { Reason } from "#glucose/reason.ts";
import { newSinceReview, stateOf, worseFromMs } from "#proxy/roster/row-state.ts";

const hourMs = 3_600_000;
const nowMs = Date.UTC(2026, 10, 20, 9, 0);

const low: Reason = { key: "low", value: 6, limit: 4 };
const nights: Reason = { key: "night-lows", value: 2, limit: 2 };
const explained: Reason = { key: "high", value: 40, limit: 25, explainedBy: "little-data" };

const act = (hoursAgo: number) => ({ by: "nurse", atMs: nowMs - hoursAgo * hourMs });
const marks = (change: Partial<PatientMarks>): PatientMarks => ({
  review: null,
  snooze: null,
  handOver: null,
  notes: { count: 0, newest: null },
  ...change,
});
const reviewed = (reasons: MarkedReason[], hoursAgo = 1) =>
  marks({ review: { ...act(hoursAgo), number: 1, reasons } });

test("without a reason that moves somebody up there is nothing to do", () => {
  expect(stateOf([], null, nowMs)).toBe("none");
  expect(stateOf([explained], null, nowMs)).toBe("none");
  expect(stateOf([low], null, nowMs)).toBe("open");
});

test("a reviewed row stays away until a new reason or a worse figure comes", () => {
  const after = reviewed([{ key: "low", value: 6 }]);
  expect(stateOf([low], after, nowMs)).toBe("reviewed");
  expect(stateOf([{ ...low, value: 6.9 }], after, nowMs)).toBe("reviewed");
  expect(stateOf([{ ...low, value: 7 }], after, nowMs)).toBe("open");
  // A better figure, or one reason fewer, is no news.
  expect(stateOf([{ ...low, value: 4.1 }], after, nowMs)).toBe("reviewed");
  expect(stateOf([low, nights], after, nowMs)).toBe("open");
  expect(newSinceReview([low, nights], after, nowMs)).toEqual(["night-lows"]);
  expect(newSinceReview([low, nights], null, nowMs)).toEqual(["low", "night-lows"]);
});

test("what fell is worse when it is lower", () => {
  const after = reviewed([{ key: "in-range", value: 60 }]);
  const inRange = (value: number): Reason => ({ key: "in-range", value, limit: 70 });
  expect(stateOf([inRange(55.1)], after, nowMs)).toBe("reviewed");
  expect(stateOf([inRange(55)], after, nowMs)).toBe("open");
  expect(stateOf([inRange(66)], after, nowMs)).toBe("reviewed");
});

const minuteMs = hourMs / 60;
const lowNow = (key: "low-now" | "very-low-now", sinceHoursAgo: number): Reason => ({
  key,
  value: 5,
  limit: 0,
  sinceMs: nowMs - sinceHoursAgo * hourMs,
});

test("a silence that is long enough only after the review is a new reason, though it began before", () => {
  const silent: Reason = { key: "silent", value: 61, limit: 60, sinceMs: nowMs - 61 * minuteMs };
  const last: Reason = { key: "very-low-last", value: 2.7, limit: 3, sinceMs: nowMs - 65 * minuteMs };
  const before = reviewed([{ key: "very-low-now", value: 2.7 }], 0.5);
  expect(stateOf([last], before, nowMs)).toBe("reviewed");
  expect(stateOf([last, silent], before, nowMs)).toBe("open");
  expect(newSinceReview([last, silent], before, nowMs)).toEqual(["silent"]);
  const known = reviewed([{ key: "silent", value: 61 }], 0.5);
  expect(stateOf([{ ...silent, value: 90 }], known, nowMs)).toBe("reviewed");
});

test("what the readings stopped at is what was reviewed before they did", () => {
  for (const key of ["falling-near-low", "high-for-long"] as const) {
    const last: Reason = { key: `${key}-last`, value: 0, limit: 0, sinceMs: nowMs - 65 * minuteMs };
    expect(stateOf([last], reviewed([{ key, value: 0 }], 0.5), nowMs)).toBe("reviewed");
    expect(stateOf([last], reviewed([{ key: "high", value: 30 }], 0.5), nowMs)).toBe("open");
  }
});

test("a low that goes on is the reviewed one; the next one is new", () => {
  const after = reviewed([{ key: "low-now", value: 40 }], 0.4);
  expect(stateOf([lowNow("low-now", 1.5)], after, nowMs)).toBe("reviewed");
  expect(stateOf([lowNow("low-now", 0.2)], after, nowMs)).toBe("open");
});

test("who is still low half an hour after the review is to be looked at again, very low after a quarter", () => {
  for (const [key, minutes] of [
    ["low-now", 30],
    ["very-low-now", 15],
  ] as const) {
    const goesOn = [lowNow(key, 2)];
    const after = reviewed([{ key, value: 60 }], 1);
    const reviewedMs = nowMs - hourMs;
    const untilWorse = marks({
      snooze: { ...act(1), untilMs: null, untilWorse: true, reasons: [{ key, value: 60 }] },
    });
    const before = reviewedMs + minutes * minuteMs - 1;
    expect(stateOf(goesOn, after, before)).toBe("reviewed");
    expect(stateOf(goesOn, untilWorse, before)).toBe("snoozed");
    expect(newSinceReview(goesOn, after, before)).toEqual([]);
    expect(stateOf(goesOn, after, before + 1)).toBe("open");
    expect(stateOf(goesOn, untilWorse, before + 1)).toBe("open");
    expect(newSinceReview(goesOn, after, before + 1)).toEqual([key]);
    expect(worseFromMs(goesOn, reviewedMs)).toBe(before + 1);
  }
  expect(worseFromMs([low, nights], nowMs)).toBe(Number.POSITIVE_INFINITY);
});

test("very low is another thing than the low that was reviewed", () => {
  const after = reviewed([{ key: "low-now", value: 40 }], 0.2);
  expect(stateOf([lowNow("very-low-now", 0.1)], after, nowMs)).toBe("open");
});

test("put off until a date, until worse, or until whichever comes first", () => {
  const off = (untilHours: number | null, untilWorse: boolean) =>
    marks({
      snooze: {
        ...act(2),
        untilMs: untilHours === null ? null : nowMs + untilHours * hourMs,
        untilWorse,
        reasons: [{ key: "low", value: 6 }],
      },
    });
  const worse = [{ ...low, value: 8 }];
  expect(stateOf([low], off(1, false), nowMs)).toBe("snoozed");
  expect(stateOf(worse, off(1, false), nowMs)).toBe("snoozed");
  expect(stateOf([low], off(0, false), nowMs)).toBe("open");
  // Put off an hour ago: who became very low since then, or still is, is shown whatever was chosen.
  expect(stateOf([lowNow("low-now", 0.5)], off(1, false), nowMs)).toBe("snoozed");
  for (const sinceHoursAgo of [0.1, 2])
    expect(stateOf([low, lowNow("very-low-now", sinceHoursAgo)], off(1, false), nowMs)).toBe("open");
  expect(stateOf([low], off(null, true), nowMs)).toBe("snoozed");
  expect(stateOf(worse, off(null, true), nowMs)).toBe("open");
  expect(stateOf(worse, off(1, true), nowMs)).toBe("open");
  expect(stateOf([low], off(-1, true), nowMs)).toBe("open");
});
