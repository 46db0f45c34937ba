import { expect, test } from "vitest";
import { comparedRows, shownSides, whyWithheld } from "#client/patient/comparison-view.ts";
import type { Compared } from "#client/patient/use-comparison.ts";
import { targetsFor } from "#glucose/targets.ts";
import { readingsOf } from "#test/support/readings.ts";

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 10, 6);
const words = (key: string, values: Record<string, string | number> = {}) =>
  [key, ...Object.values(values)].join(" ");
const targets = targetsFor("most-adults");
const shownIn = {
  targets,
  lives: new Map(),
  timeZone: "UTC",
  shownZone: "UTC",
  nowMs: startMs + 30 * dayMs,
  language: "en",
} as const;
const wordsOfRows = { t: words, names: words, unit: "mmol/L" } as const;

/** A day of readings of one value. */
const dayOf = (day: number, valueMmolL: number, n = 480): Compared["own"] => {
  const side = { startMs: startMs + day * dayMs, endMs: startMs + (day + 1) * dayMs };
  return { side, readings: readingsOf(Array<number>(n).fill(valueMmolL), { startMs: side.startMs }) };
};

test("the earlier side is on the left, and the difference is that of the numbers as they are shown", () => {
  const sides = shownSides({ own: dayOf(1, 8.24), other: dayOf(0, 6.05) }, shownIn);
  expect(sides.map(({ from, to }) => `${from} – ${to}`)).toEqual([
    "6 Nov, 00:00 – 6 Nov, 23:59",
    "7 Nov, 00:00 – 7 Nov, 23:59",
  ]);
  const mean = comparedRows(sides, targets, wordsOfRows).find(({ key }) => key === "mean");
  const [earlier, later] = mean?.cells.map(({ text }) => Number.parseFloat(text)) ?? [];
  expect(mean?.difference).toBe(`+${((later ?? 0) - (earlier ?? 0)).toFixed(1)}\u00a0mmol/L`);
  expect(whyWithheld(sides, { t: words, language: "en" })).toEqual([]);
});

test("where a side has too little data, its GMI, all differences and its verdicts are left out, and why is said", () => {
  const sides = shownSides({ own: dayOf(1, 8), other: dayOf(0, 6, 100) }, shownIn);
  const rows = comparedRows(sides, targets, wordsOfRows);
  expect(rows.map(({ difference }) => difference)).toEqual(rows.map(() => "–"));
  expect(rows.find(({ key }) => key === "gmi 2018")?.cells[0].text).toBe("–");
  expect(rows.find(({ key }) => key === "in-range")?.cells.map(({ meets }) => meets)).toEqual([null, true]);
  expect(whyWithheld(sides, { t: words, language: "en" })).toEqual([
    expect.stringMatching(/^littleOfDays .*6 Nov/),
    "withheld",
  ]);
});
