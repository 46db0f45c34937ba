import { array, assert, constantFrom, integer, option, property, record } from "fast-check";
import { expect, test } from "vitest";
import type { PatientMarks, Review } from "#contract/patient-marks.ts";
import type { RosterRow } from "#contract/roster.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import type { GlucoseFigures } from "#glucose/figures.ts";
import { usualLimits } from "#glucose/limits.ts";
import { lastKeys } from "#glucose/now-reasons.ts";
import { type NowState, nowStateOf } from "#glucose/now-state.ts";
import type { ReasonKey } from "#glucose/reason-keys.ts";
import { facetsOf } from "#proxy/roster/facets.ts";
import { byKey, none } from "#proxy/roster/sort.ts";
import { createWorklist } from "#proxy/roster/worklist.ts";
import { buildFigures } from "#test/support/figures.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 20, 9, 0);

const reviewedAt = (atMs: number, reasons: Review["reasons"] = []): PatientMarks => ({
  review: { by: "nurse", atMs, number: 1, reasons },
  snooze: null,
  handOver: null,
  notes: { count: 0, newest: null },
});

const rowOf = (change: Partial<RosterRow>): RosterRow => ({
  id: "p",
  name: "P",
  partnerUid: "clinic-0001",
  openId: "ou_1",
  region: "GB",
  timeZone: "UTC",
  tags: [],
  targets: "most-adults",
  targetsSet: null,
  dateOfBirth: null,
  hospitalNumber: null,
  diabetesType: null,
  therapy: null,
  phone: null,
  careTeam: [],
  archivedAtMs: null,
  mergedInto: null,
  createdAtMs: nowMs - 60 * dayMs,
  status: {
    facts: noDeviceFacts,
    checkedAtMs: nowMs,
    stage: "reading",
    lastReadingAtMs: nowMs - 2 * minuteMs,
    sensor: {
      serial: "P1",
      activatedAtMs: null,
      estimatedEndAtMs: nowMs + 5 * dayMs,
      endedAtMs: null,
    },
  },
  ranges: null,
  marks: null,
  ...change,
});

interface Listed {
  row?: Partial<RosterRow>;
  figures: Partial<Parameters<typeof buildFigures>[0]>;
}

const veryLow = (share: number, isBorderline = false): Listed["figures"] => ({
  fortnight: {
    timeIn: { "very-low": share, low: 0, "in-range": 1 - share, high: 0, "very-high": 0 },
  },
  borderline: isBorderline ? ["veryLow"] : [],
});
const low = (change: Partial<NowState>): Listed["figures"] => ({
  now: {
    timeMs: nowMs - 2 * minuteMs,
    band: "very-low",
    sinceMs: nowMs - hourMs,
    isAtLeast: false,
    trend: 1,
    isNearLow: true,
    ...change,
  },
});

function listOf(people: readonly Listed[]) {
  const list = createWorklist(usualLimits, () => nowMs);
  for (const [member, { row = {}, figures }] of people.entries()) {
    const known: GlucoseFigures | null = buildFigures({ asOfMs: nowMs, ...figures }).figures;
    list.put(member, rowOf(row), known);
  }
  return list;
}

/** The people by their places in the list, the most urgent first. */
function orderOf(people: readonly Listed[]): number[] {
  const urgency = listOf(people).urgency(nowMs);
  expect(urgency.every((key) => Number.isInteger(key) && key >= 0 && key <= 2 ** 32)).toBe(true);
  expect(new Set(urgency).size).toBe(people.length);
  return people.map((_, member) => member).sort((a, b) => (urgency[a] ?? 0) - (urgency[b] ?? 0));
}

test("of one reason: never reviewed, whenever registered; not borderline; the worse figure", () => {
  expect(
    orderOf([
      { figures: veryLow(0.014, true), row: { createdAtMs: nowMs - 900 * dayMs } },
      { figures: veryLow(0.06), row: { marks: reviewedAt(nowMs - dayMs, [{ key: "very-low", value: 2 }]) } },
      { figures: veryLow(0.021) },
      { figures: veryLow(0.041), row: { createdAtMs: nowMs - dayMs } },
      { figures: veryLow(0.03), row: { marks: reviewedAt(nowMs - 9 * dayMs, [{ key: "low", value: 5 }]) } },
      { figures: veryLow(0.02, true) },
      { figures: low({ band: "low" }) },
    ]),
  ).toEqual([6, 3, 2, 5, 0, 4, 1]);
});

test("the worse figure is the lower one in range, the longer time of a low, the sooner end of a sensor", () => {
  const inRange = (share: number): Listed => ({
    figures: {
      fortnight: { timeIn: { "very-low": 0, low: 0, "in-range": share, high: 1 - share, "very-high": 0 } },
    },
  });
  expect(orderOf([inRange(0.69), inRange(0.35), inRange(0.5)])).toEqual([1, 2, 0]);
  const since = (minutes: number): Listed => ({ figures: low({ sinceMs: nowMs - minutes * minuteMs }) });
  expect(orderOf([since(20), since(300), since(90)])).toEqual([1, 2, 0]);
  const endsIn = (hours: number): Listed => {
    const { status } = rowOf({});
    if (!status?.sensor) throw new Error("no sensor");
    const sensor = { ...status.sensor, estimatedEndAtMs: nowMs + hours * hourMs };
    return { row: { status: { ...status, sensor } }, figures: {} };
  };
  expect(orderOf([endsIn(40), endsIn(3), endsIn(20)])).toEqual([1, 2, 0]);
});

test("of what is now, who is heading lowest stands first, reviewed or not; then who has been so for longer", () => {
  const is = (value: number, trend: number, minutes: number, reviewed = false): Listed => ({
    figures: {
      now: nowStateOf(
        readingsOf([6, 6, 6, ...Array<number>(minutes / 3 + 1).fill(value)], {
          startMs: nowMs - (9 + minutes) * minuteMs,
          trend,
        }),
        edgesMmolL,
      ),
    },
    row: reviewed ? { marks: reviewedAt(nowMs - dayMs) } : {},
  });
  expect(orderOf([is(3.5, 1, 60), is(3.2, 20, 3), is(3.5, 1, 90), is(3.2, 10, 3, true)])).toEqual([
    1, 3, 2, 0,
  ]);
  // Falling near low, and very high for hours.
  expect(orderOf([is(4.9, 10, 3), is(4.2, 20, 3), is(4.6, 20, 3)])).toEqual([1, 2, 0]);
  expect(orderOf([is(15, 1, 300), is(19, 15, 150), is(15, 1, 420)])).toEqual([1, 2, 0]);
});

test("who was reviewed while very low is to be looked at again by the clock alone", () => {
  const marks = reviewedAt(nowMs - 5 * minuteMs, [{ key: "very-low-now", value: 60 }]);
  const list = listOf([{ figures: low({ timeMs: nowMs }), row: { marks } }]);
  expect(list.stateOf(0, nowMs)).toBe("reviewed");
  expect(list.stateOf(0, nowMs + 10 * minuteMs - 1)).toBe("reviewed");
  expect(list.stateOf(0, nowMs + 10 * minuteMs)).toBe("open");
  // The reading is too old by then to say how it is now; that it was the last one is new since the review.
  expect(list.stateOf(0, nowMs + 16 * minuteMs)).toBe("open");
  expect(list.stateOf(0, nowMs + 25 * 60 * minuteMs)).toBe("none");
});

test("so is who was put off until worse while low", () => {
  const reasons = [{ key: "low-now" as const, value: 40 }];
  const snooze = { by: "nurse", atMs: nowMs - 20 * minuteMs, untilMs: null, untilWorse: true, reasons };
  const marks = { ...reviewedAt(0), review: null, snooze };
  const list = listOf([{ figures: low({ band: "low", timeMs: nowMs }), row: { marks } }]);
  expect(list.stateOf(0, nowMs)).toBe("snoozed");
  expect(list.stateOf(0, nowMs + 10 * minuteMs)).toBe("open");
});

test("those of one reason stand in the same order before and after the readings stop", () => {
  const one = record({
    value: integer({ min: 20, max: 200 }).map((tenths) => tenths / 10),
    minutes: integer({ min: 1, max: 120 }).map((readings) => readings * 3),
    trend: constantFrom(1, 10, 20),
    // Either is stale at the later of the two times, and neither at the first.
    ageMin: integer({ min: 0, max: 14 }),
    reviewedDaysAgo: option(integer({ min: 1, max: 3 })),
  });
  assert(
    property(array(one, { minLength: 2, maxLength: 30 }), (people) => {
      const list = listOf(
        people.map(({ value, minutes, trend, ageMin, reviewedDaysAgo }) => ({
          figures: {
            now: nowStateOf(
              readingsOf([6, 6, 6, ...Array<number>(minutes / 3 + 1).fill(value)], {
                startMs: nowMs - (9 + minutes + ageMin) * minuteMs,
                trend,
              }),
              edgesMmolL,
            ),
          },
          row: reviewedDaysAgo === null ? {} : { marks: reviewedAt(nowMs - reviewedDaysAgo * dayMs) },
        })),
      );
      const names = people.map((_, member) => member);
      const reviewedAtS = people.map(
        ({ reviewedDaysAgo }) => nowMs / 1000 - (reviewedDaysAgo ?? 60) * 86_400,
      );
      const orderAt = (atMs: number, keys: readonly ReasonKey[]) =>
        keys.flatMap((key) =>
          byKey(
            names,
            Uint8Array.from(names, () => 1),
            list.urgency(atMs),
            { down: false, from: 0, to: names.length },
            reviewedAtS,
          ).filter((member) => list.has(member, key, atMs)),
        );
      const nowKeys = Object.keys(lastKeys) as (keyof typeof lastKeys)[];
      expect(orderAt(nowMs + 16 * minuteMs, Object.values(lastKeys))).toEqual(orderAt(nowMs, nowKeys));
    }),
  );
});

test("equals stand by the longest time without a review, whichever part of the list is asked for", () => {
  const ties = [50, 10, 40, 10, 30, 5, 1];
  const column = [7, 7, 7, 7, 3, none, none];
  const names = ties.map((_, member) => member);
  const part = (from: number, to: number) =>
    byKey(
      names,
      Uint8Array.from(names, () => 1),
      column,
      { down: false, from, to },
      ties,
    );
  const all = [4, 1, 3, 2, 0, 5, 6];
  expect(part(0, 7)).toEqual(all);
  for (let from = 0; from < 8; from += 1)
    for (let to = from; to < 9; to += 1) expect(part(from, to)).toEqual(all.slice(from, to));
});

test.each<[band: NowState["band"], ageMin: number, isLowNow: boolean]>([
  ["very-low", 0, true],
  ["very-low", 15, true],
  ["low", 2, true],
  ["low", 16, false],
  ["very-low", 30, false],
  ["in-range", 2, false],
  ["very-high", 2, false],
])("%s at a reading of %s minutes ago: low now is %s, and it is counted so", (band, ageMin, isLowNow) => {
  const timeMs = nowMs - ageMin * minuteMs;
  const people = [{ figures: low({ band, timeMs, isNearLow: band.endsWith("low") }) }];
  const list = listOf(people);
  expect(list.isLowNow(0, nowMs)).toBe(isLowNow);
  expect(facetsOf([rowOf({})], list, nowMs).lowNow).toBe(Number(isLowNow));
  // Time passes, and nothing new is read.
  expect(list.isLowNow(0, nowMs + 16 * minuteMs)).toBe(false);
});

test("who was very low when the readings stopped stands before who is low now, and only the latter is low now", () => {
  const people = [
    { figures: low({ band: "low" }) },
    { figures: low({ band: "very-low", timeMs: nowMs - 30 * minuteMs }) },
    { figures: low({ band: "very-low" }) },
  ];
  expect(orderOf(people)).toEqual([2, 1, 0]);
  expect(people.map((_, member) => listOf(people).isLowNow(member, nowMs))).toEqual([true, false, true]);
});
