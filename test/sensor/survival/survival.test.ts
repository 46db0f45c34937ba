import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  atRiskAt,
  earlyShareOf,
  logRank,
  medianOf,
  stepAt,
  survivalOf,
  type Tally,
} from "#sensor/survival.ts";

interface Steps {
  time: number[];
  atRisk: number[];
  ended: number[];
  censored: number[];
  share: number[];
  variance: number[];
  low: (number | null)[];
  high: (number | null)[];
}

interface Group {
  time: number[];
  ended: number[];
  steps: Steps;
  median: [number | null, number | null, number | null];
  atRiskAt: number[];
  atRisk: number[];
}

interface Case {
  name: string;
  groups: [Group, Group];
  logRank: { observed: number[]; expected: number[]; chiSquare: number | null; p: number | null };
}

/** What R says; README.md beside this tells how it was made. */
const cases: Case[] = JSON.parse(readFileSync(join(import.meta.dirname, "cases.json"), "utf8"));

const talliesOf = ({ time, ended }: Pick<Group, "time" | "ended">): Tally[] =>
  time.map((at, index) => ({ time: at, ended: ended[index] ?? 0, censored: 1 - (ended[index] ?? 0) }));

/** Within 1e-9, of large numbers relatively; null only where R has none. */
function expectClose(ours: readonly (number | null)[], theirs: readonly (number | null)[]): void {
  expect(ours.length).toBe(theirs.length);
  for (const [index, one] of ours.entries()) {
    const other = theirs[index] ?? null;
    expect(one === null, `place ${index}`).toBe(other === null);
    if (one !== null && other !== null)
      expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(other)));
  }
}

test.each(cases)("curve, variance, band, number at risk and median are R's: $name", ({ groups }) => {
  for (const group of groups) {
    const steps = survivalOf(talliesOf(group));
    const of = (pick: (step: (typeof steps)[number]) => number | null) => steps.map(pick);
    expect(of(({ time }) => time)).toEqual(group.steps.time);
    expect(of(({ atRisk }) => atRisk)).toEqual(group.steps.atRisk);
    expect(of(({ ended }) => ended)).toEqual(group.steps.ended);
    expect(of(({ censored }) => censored)).toEqual(group.steps.censored);
    expectClose(
      of(({ share }) => share),
      group.steps.share,
    );
    expectClose(
      of(({ variance }) => variance),
      group.steps.variance,
    );
    expectClose(
      of(({ interval }) => interval?.[0] ?? null),
      group.steps.low,
    );
    expectClose(
      of(({ interval }) => interval?.[1] ?? null),
      group.steps.high,
    );
    const { time, low, high } = medianOf(steps);
    expectClose([time, low, high], group.median);
    expect(group.atRiskAt.map((at) => atRiskAt(steps, at))).toEqual(group.atRisk);
  }
});

test.each(cases)("the log-rank of two groups is R's: $name", ({ groups, logRank: theirs }) => {
  const ours = logRank(talliesOf(groups[0]), talliesOf(groups[1]));
  expectClose(ours.observed, theirs.observed);
  expectClose(ours.expected, theirs.expected);
  expectClose([ours.chiSquare, ours.p], [theirs.chiSquare, theirs.p]);
});

test("counts of a time come to the same as its sensors one by one, in any order", () => {
  const one = { time: 5, ended: 1, censored: 0 };
  const still = { time: 5, ended: 0, censored: 1 };
  const later = { time: 9, ended: 1, censored: 0 };
  expect(survivalOf([later, one, still, one])).toEqual(
    survivalOf([{ time: 5, ended: 2, censored: 1 }, later]),
  );
});

test("what is out of range is left out: before nought, no number, nobody", () => {
  const fine = { time: 3, ended: 2, censored: 1 };
  const wrong = [-1, Number.NaN, Number.POSITIVE_INFINITY].map((time) => ({ time, ended: 1, censored: 0 }));
  expect(survivalOf([...wrong, fine, { time: 4, ended: 0, censored: 0 }])).toEqual(survivalOf([fine]));
  expect(logRank([...wrong, fine], [fine])).toEqual(logRank([fine], [fine]));
});

test("of nobody there is no curve, no median and nothing to compare", () => {
  expect(survivalOf([])).toEqual([]);
  expect(medianOf([])).toEqual({ time: null, low: null, high: null });
  expect(stepAt([], 3)).toBeNull();
  expect(logRank([], [{ time: 3, ended: 1, censored: 0 }])).toMatchObject({ chiSquare: null, p: null });
});

test("of a young lot few have ended early so far, and of a lot that fails many by the planned end, whoever is still worn", () => {
  const planned = 14 * 24;
  const young = survivalOf([
    { time: 24, ended: 5, censored: 0 },
    { time: 72, ended: 0, censored: 95 },
  ]);
  expect(earlyShareOf(young, planned)).toMatchObject({
    share: expect.closeTo(0.05, 9),
    hours: 72,
    isFollowed: false,
    sensors: 100,
  });
  const failing = survivalOf([
    { time: 24, ended: 0, censored: 50 },
    { time: 120, ended: 25, censored: 0 },
    { time: planned, ended: 0, censored: 25 },
  ]);
  const found = earlyShareOf(failing, planned);
  // 25 of the 50 that were followed so far, not of all 100.
  expect(found).toMatchObject({
    share: expect.closeTo(0.5, 9),
    hours: planned,
    isFollowed: true,
    sensors: 100,
  });
  expect(found?.interval[0]).toBeGreaterThan(0.35);
  expect(found?.interval[1]).toBeLessThan(0.66);
  expect(earlyShareOf(failing, null)).toMatchObject({ isFollowed: false });
  expect(earlyShareOf(survivalOf([{ time: 1, ended: 0, censored: 9 }]), planned)).toBeNull();
});
