import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { loadCatalogs } from "#client/i18n.ts";
import { setPreferences } from "#client/preferences.ts";
import { Reasons } from "#client/roster/reasons.tsx";
import type { PublishedSort } from "#client/roster/views.ts";
import type { ListedPatient } from "#contract/roster.ts";
import type { WorklistEntry } from "#contract/worklist.ts";
import { noStatistics } from "#glucose/statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import { timeInRangesView } from "#report/patient/time-in-ranges-view.ts";
import { buildRow } from "#test/client/app/render-app.tsx";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nowMs = Date.UTC(2026, 10, 27, 17, 57);
type Reason = WorklistEntry["reasons"][number];

const rowWith = (reasons: Reason[], change: Partial<WorklistEntry> = {}): ListedPatient =>
  buildRow({
    timeZone: "Europe/Berlin",
    targets: "most-adults",
    worklist: {
      asOfMs: nowMs,
      isRead: true,
      state: "open",
      reasons,
      timeIn: { "very-low": 0.002, low: 0.04, "in-range": 0.658, high: 0.26, "very-high": 0.04 },
      lowest: null,
      nightsWithLows: 0,
      inRangeChange: null,
      ...change,
    },
  });

interface Shown {
  published?: PublishedSort;
  atMs?: number;
}

function show(row: ListedPatient, { published, atMs = nowMs }: Shown = {}) {
  render(<Reasons row={row} nowMs={atMs} published={published} />);
  return screen.queryAllByRole("listitem").map(({ textContent }) => textContent.replaceAll("\u00a0", " "));
}
const one = (reason: Reason, shown?: Shown) => show(rowWith([reason]), shown)[0];

beforeEach(async () => {
  await loadCatalogs(["domain", "roster"]);
  setPreferences({ unit: "mmol/L", language: "en" });
});

const judged: Reason[] = [
  { key: "very-low", value: 1, limit: 1 },
  { key: "low", value: 4.04, limit: 4 },
  { key: "in-range", value: 57.9, limit: 70 },
  { key: "high", value: 38.06, limit: 25 },
  { key: "very-high", value: 9.14, limit: 5 },
];

test("shares say what the unrounded ones say of their goals", () => {
  const timeIn = { "very-low": 0.01, low: 0.0304, "in-range": 0.5796, high: 0.3, "very-high": 0.08 };
  expect(show(rowWith(judged, { timeIn }))).toEqual([
    "Below 3.0: 1.0 %, goal < 1 %",
    "Below 3.9: 4.04 %, goal < 4 %",
    "In range 3.9–10.0: 58.0 %, goal > 70 %",
    "Above 10.0: 38.0 %, goal < 25 %",
    "Above 13.9: 8.0 %, goal < 5 %",
  ]);
});

test("shares are rounded as in the table beside them, whose parts add up to 100", () => {
  const timeIn = { "very-low": 0.0194, low: 0.0264, "in-range": 0.6055, high: 0.2574, "very-high": 0.0913 };
  const targets = targetsFor("most-adults");
  const { rows } = timeInRangesView(
    { targets, statistics: { ...noStatistics, n: 0, expected: 0, spacingsMs: [], timeIn } },
    timeIn,
    {
      t: (key) => key,
      unit: "mmol/L",
    },
  );
  const inTable = ["very-low", "below", "in-range", "above", "very-high"].map(
    (key) => rows.find((row) => row.key === key)?.percent,
  );
  expect(inTable).toEqual(["2.0", "4.6", "60.6", "34.8", "9.1"]);
  const inReasons = show(rowWith(judged, { timeIn })).map((words) => / ([\d.]+) %,/.exec(words)?.[1]);
  expect(inReasons).toEqual(inTable);
});

test.each<{ reason: Reason; words: string }>([
  {
    reason: { key: "in-range-fell", value: 54, limit: 72 },
    words: "In range fell from 72.0 to 54.0 % in a week",
  },
  {
    reason: { key: "in-range-fell", value: 57.3, limit: 72.4 },
    words: "In range fell from 72.4 to 57.3 % in a week",
  },
  { reason: { key: "extended-lows", value: 1, limit: 1 }, words: "1 low of over 2 hours in 7 days" },
  { reason: { key: "night-lows", value: 3, limit: 2 }, words: "Lows in 3 of 7 nights, flagged from 2 on" },
  {
    reason: { key: "silent", value: 300, limit: 60, sinceMs: nowMs - 5 * hourMs },
    words: "No data for 5 hours, late after 1 hour",
  },
  {
    reason: { key: "silent", value: 300, limit: 90, sinceMs: nowMs - 5 * hourMs },
    words: "No data for 5 hours, usually within 45 minutes",
  },
  {
    reason: { key: "little-data", value: 52, limit: 70, days: 14, cause: "phone-silent" },
    words: "Data for 52.0 % of 14 days, at least 70 % needed: not uploaded",
  },
  {
    reason: { key: "recalled", value: nowMs - 24 * hourMs, limit: 0 },
    words: "Sensor on a recall begun 26 Nov 2026, patient not told yet",
  },
  {
    reason: { key: "not-activated", value: 26 * 60, limit: 24 * 60, sinceMs: nowMs - 26 * hourMs },
    words: "New sensor bound for 26 hours, not started",
  },
  {
    reason: { key: "often-silent", value: 4, limit: 3 },
    words: "Silent 4 times in 7 days, flagged from 3 on",
  },
  {
    reason: { key: "falling-near-low", value: 0, limit: 1, trend: 20 },
    words: "Near low, dropping rapidly: at most 1.0 above 3.9",
  },
])("$words", ({ reason, words }) => {
  expect(one(reason)).toBe(words);
});

test("a sensor's end is said by the patient's clock, whose zone is named where it is another", () => {
  const endMs = Date.UTC(2026, 10, 28, 13, 0);
  expect(one({ key: "ends-soon", value: endMs, limit: 48 })).toMatch(
    /^Sensor ends Sat 14:00( \(Berlin time\))?$/,
  );
});

test.each([
  [0, /begun 20 Nov 2026, patient not told yet$/],
  [Date.UTC(2026, 10, 27, 12), /changed 27 Nov 2026, after the patient was told: tell them again$/],
])("of a recall whose instruction was changed at %i after they were told it is said", (limit, words) => {
  expect(one({ key: "recalled", value: Date.UTC(2026, 10, 20), limit })).toMatch(words);
});

test.each([
  ["ended", /^Sensor ended Fri 18:00.*, no new one yet$/],
  ["clock-off", /^Sensor’s clock off, last Fri 18:00/],
] as const)("the reason %s says when, by the patient's clock", (key, words) => {
  expect(one({ key, value: Date.UTC(2026, 10, 27, 17, 0), limit: 0 })).toMatch(words);
});

test.each([
  [6, /^Sensor ended Sat 18:57/],
  [7, /^Sensor ended 20 Nov 2026, 18:57/],
])("an end %i days ago is not taken for one of this week", (days, words) => {
  const endMs = nowMs - days * 24 * hourMs;
  expect(one({ key: "ended", value: endMs, limit: 0, sinceMs: endMs })).toMatch(words);
});

const low: Reason = {
  key: "low-now",
  value: 24,
  limit: 0,
  sinceMs: nowMs - 26 * minuteMs,
  isAtLeast: false,
  trend: 10,
};

test("a low says since when, for how long there are readings of it, and where it goes", () => {
  expect(one(low)).toMatch(/^Low since 18:31.*, 24 minutes, slowly falling$/);
});

test.each<[Partial<Reason>, RegExp]>([
  [{ projectedMmolL: 2.5 }, /, slowly falling, about 2\.5 in 15 minutes if it goes on$/],
  [{ projectedMmolL: 2, trend: 20 }, /, dropping rapidly, about 2\.0 in 15 minutes if it goes on$/],
  [
    { key: "falling-near-low", limit: 1, projectedMmolL: 3.5 },
    /^Near low, slowly falling: at most 1\.0 above 3\.9, about 3\.5 in 15 minutes/,
  ],
  // Not where it does not fall, nor of a look of before, nor of readings that have stopped.
  [{ projectedMmolL: 4, trend: 5 }, /, slowly rising$/],
  [{ projectedMmolL: 3.5, trend: 1 }, /, stable$/],
  [{}, /, slowly falling$/],
  [{ key: "low-last", projectedMmolL: 2.5 }, /, slowly falling then$/],
])("where a low that falls is heading is said, as the list orders by it: %o", (change, words) => {
  expect(one({ ...low, ...change })).toMatch(words);
});

test("how long it is low does not grow while no reading comes", () => {
  const sinceMs = nowMs - 26 * minuteMs - 40_000;
  expect(one({ ...low, sinceMs }, { atMs: nowMs + 10_000 })).toMatch(
    /^Low since 18:30.*, 24 minutes, slowly/,
  );
});

test("a low that may have begun earlier says so", () => {
  expect(one({ ...low, isAtLeast: true, trend: null })).toMatch(/^Low since 18:31.* or before, 24 minutes$/);
});

test("a low whose reading is older than 15 minutes is no longer said to be now", () => {
  expect(one(low, { atMs: nowMs + 14 * minuteMs })).toMatch(
    /^Low at the last reading \(18:55.*, 16.minutes ago\), for 24.minutes before it, slowly falling then$/,
  );
  expect(screen.getByRole("listitem")).toHaveAttribute("data-past", "true");
});

test("borderline, explained and new are words, not only a look", () => {
  const row = rowWith([
    { key: "low", value: 4.2, limit: 4, isBorderline: true, isNew: true },
    { key: "high", value: 30, limit: 25, explainedBy: "little-data", isNew: false },
  ]);
  expect(show(row)).toEqual([
    "NewBelow 3.9: 4.2 %, goal < 4 %borderline",
    "Above 10.0: 30.0 %, goal < 25 %explained by little data",
  ]);
});

test("edges and goals are those of the patient, in the unit that was chosen", () => {
  setPreferences({ unit: "mg/dL" });
  const row = { ...rowWith([{ key: "high", value: 30, limit: 25 }]), targets: "pregnancy" as const };
  expect(show(row)).toEqual(["Above 140: 30.0 %, goal < 25 %"]);
});

test("a published list says its own reasons with their limits, and a low that is now with them", () => {
  const published = {
    group: "very-low",
    reasons: [
      { key: "very-low", percent: 1.004 },
      { key: "in-range-fall", percent: 16.2 },
    ],
    inRangePercent: 51.4,
    days: 7,
    noEarlier: true,
  };
  const row = rowWith([low, { key: "high", value: 30, limit: 25 }], { published });
  const words = show(row, { published: "tide" });
  expect(words[0]).toMatch(/^Low since/);
  expect(words.slice(1)).toEqual([
    "Below 3.0: 1.004 %, flagged above 1 %",
    "In range fell by: 16.2 points, flagged above 15 points",
  ]);
  expect(screen.getByText("No earlier period to compare with")).toBeVisible();
  expect(screen.getByText("In range 3.9–10.0: 51.4 % of 7 days")).toBeVisible();
});

test("a share in range just below a published list's limit is not rounded onto it", () => {
  const published = {
    group: "in-range",
    reasons: [{ key: "in-range", percent: 64.7 }],
    inRangePercent: 64.7,
    days: 7,
    noEarlier: false,
  };
  expect(show(rowWith([], { published }), { published: "tide" })).toEqual([
    "In range 3.9–10.0: 64.7 %, flagged below 65 %",
  ]);
  expect(screen.getByText("In range 3.9–10.0: 64.7 % of 7 days")).toBeVisible();
});

test("a row that was looked at more than half an hour ago says so; one that never was, too", () => {
  show(rowWith([], { asOfMs: nowMs - 2 * hourMs }));
  expect(screen.getByText("No reason")).toBeVisible();
  expect(screen.getByText(/^As of 2.hours ago$/)).toBeVisible();
  render(<Reasons row={buildRow()} nowMs={nowMs} published={undefined} />);
  expect(screen.getByText("Not read yet")).toBeVisible();
});

test("of whom no days were read yet it is not said that there is no reason", () => {
  expect(show(rowWith([], { isRead: false }))).toEqual([]);
  expect(screen.getByText("Not read yet")).toBeVisible();
  expect(screen.queryByText("No reason")).toBeNull();
});

test("a reason about a sensor is told before the days were read, and that they were not", () => {
  const ended: Reason = { key: "ended", value: nowMs, limit: 0, sinceMs: nowMs };
  expect(show(rowWith([ended], { isRead: false }))).toHaveLength(1);
  expect(screen.getByText("Not read yet")).toBeVisible();
});

test.each([
  [
    "falling-near-low-last",
    0,
    10,
    /^Falling near low at the last reading \(18:37.*, 20.minutes ago\), slowly falling then$/,
  ],
  [
    "high-for-long-last",
    295,
    null,
    /^Above 13.9 at the last reading \(18:37.*\), for 4.hours 55.minutes before it$/,
  ],
  ["low-last", 0, null, /^Low at the last reading \(18:37.*, 20.minutes ago\)$/],
] as const)(
  "when the readings stop the reason %s says how it was, for how long and which way",
  (key, value, trend, words) => {
    expect(one({ key, value, limit: 0, sinceMs: nowMs - 20 * minuteMs, trend })).toMatch(words);
    expect(screen.getByRole("listitem")).toHaveAttribute("data-past", "true");
  },
);

test("a published list says too that somebody was very low when last heard of", () => {
  const published = { group: "missing", reasons: [], inRangePercent: null, days: 7, noEarlier: true };
  const last: Reason = { key: "very-low-last", value: 0, limit: 0, sinceMs: nowMs - 20 * minuteMs };
  expect(show(rowWith([last], { published }), { published: "tide" })[0]).toMatch(
    /^Very low at the last reading \(18:37.*, 20.minutes ago\)$/,
  );
});

test("who has none of a published list's reasons is said to be in their group, and not to have no reason", () => {
  const published = { group: "missing", reasons: [], inRangePercent: null, days: 7, noEarlier: true };
  expect(
    show(rowWith([{ key: "high", value: 30, limit: 25 }], { published }), { published: "tide" }),
  ).toEqual([]);
  expect(screen.getByText("Data received up to 50 %, or none")).toBeVisible();
  expect(screen.queryByText("No reason")).toBeNull();
});
