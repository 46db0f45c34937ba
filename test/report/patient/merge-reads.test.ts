import { expect, test } from "vitest";
import { mergeReads, notYetRead, type Read } from "#report/patient/merge-reads.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = Date.UTC(2026, 10, 6);
const minuteMs = 60_000;
const readAt = (asOfMs: number, values: readonly (number | null)[]): Read => ({
  startMs,
  endMs: startMs + 12 * minuteMs,
  asOfMs,
  unread: [],
  unreadable: [],
  readings: readingsOf(values, { startMs }),
});
const valuesOf = (one: Read, other: Read) => mergeReads(one, other).map(({ valueMmolL }) => valueMmolL);

test("of two reads the later one stands, whichever comes first: a value that is contradicted by now stays away", () => {
  const earlier = readAt(1, [5, 6, 7, 8]);
  const later = readAt(2, [5, null, 7.2, 8]);
  expect(valuesOf(earlier, later)).toEqual([5, 7.2, 8]);
  expect(valuesOf(later, earlier)).toEqual([5, 7.2, 8]);
});

test("outside of the later read's time the earlier one still speaks, in order", () => {
  const whole = readAt(1, [5, 6, 7, 8]);
  const part: Read = {
    startMs: startMs + 3 * minuteMs,
    endMs: startMs + 9 * minuteMs,
    asOfMs: 2,
    unread: [],
    unreadable: [],
    readings: readingsOf([6.5, 7.5], { startMs: startMs + 3 * minuteMs }),
  };
  expect(valuesOf(part, whole)).toEqual([5, 6.5, 7.5, 8]);
  expect(valuesOf(whole, part)).toEqual([5, 6.5, 7.5, 8]);
});

test("while a longer period is read, the part that no read has told of yet is not read: it is no loss and no time without a sensor", () => {
  const day = 24 * 60 * minuteMs;
  const endMs = startMs + 30 * day;
  const held = { startMs: endMs - 14 * day, endMs };
  const recent = { startMs: endMs - day, endMs };
  expect(notYetRead({ startMs, endMs }, held, recent)).toEqual([{ startMs, endMs: held.startMs }]);
  expect(notYetRead({ startMs: endMs - 7 * day, endMs }, held, recent)).toEqual([]);
  const past = { startMs, endMs: startMs + 5 * day };
  expect(notYetRead({ startMs, endMs }, past, recent)).toEqual([
    { startMs: past.endMs, endMs: recent.startMs },
  ]);
});
