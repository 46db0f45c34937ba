import fc from "fast-check";
import { expect, test } from "vitest";
import { compareTide, tidePeriod, tidePlaceOf, tideRules } from "#glucose/worklists/tide.ts";
import { expected, figuresOf, patients } from "./reference.ts";
import { anyStretches, isStable, isTotal } from "./stretches.ts";

const groups = tideRules.map(({ key }) => key);
const steady = figuresOf(2000, { "very-low": 10, low: 20, "in-range": 1500, high: 370, "very-high": 100 });

test("163 patients stand in the groups and in the order that another reckoning gives", () => {
  const list = patients
    .map(({ id, ...stretches }) => ({ id, place: tidePlaceOf(stretches) }))
    .sort((a, b) => compareTide(a.place, b.place));
  expect(list.map(({ id, place }) => [id, groups.indexOf(place.group) + 1])).toEqual(expected.tide);
});

test("who has no earlier week is said to have none, and why", () => {
  const without = patients.flatMap(({ id, ...stretches }) => {
    const { noEarlierWeek } = tidePlaceOf(stretches);
    return noEarlierWeek ? [[id, noEarlierWeek]] : [];
  });
  expect(Object.fromEntries(without)).toEqual(expected.noEarlier);
});

test("all alerts that hold are told with their unrounded numbers, the first gives the group", () => {
  const latest = figuresOf(2000, { "very-low": 30, low: 100, "in-range": 1000, high: 870, "very-high": 0 });
  expect(tidePlaceOf({ latest, earlier: steady })).toEqual({
    group: "very-low",
    reasons: [
      { key: "very-low", percent: 1.5 },
      { key: "low", percent: 5 },
      { key: "in-range-fall", percent: 25 },
      { key: "in-range", percent: 50 },
    ],
    inRangePercent: 50,
    noData: null,
    noEarlierWeek: null,
  });
});

test("too little worn tells only that; nothing worn and not read are told apart", () => {
  const latest = figuresOf(2000, { "very-low": 30, low: 0, "in-range": 170, high: 300, "very-high": 0 });
  expect(tidePlaceOf({ latest, earlier: steady })).toMatchObject({
    group: "missing",
    reasons: [{ key: "missing", percent: 25 }],
    noData: null,
  });
  expect(tidePlaceOf({ latest: { wornShare: 0, timeIn: null }, earlier: steady })).toEqual({
    group: "missing",
    reasons: [],
    inRangePercent: null,
    noData: "no-reading",
    noEarlierWeek: null,
  });
  expect(tidePlaceOf({ latest: null, earlier: null })).toMatchObject({
    group: "missing",
    noData: "not-read",
    noEarlierWeek: "not-read",
  });
});

test("the rules name their limits and days", () => {
  const words = tideRules.map(({ key, limits, period }) => [
    key,
    limits.map(({ measure, comparison, percent }) => `${measure} ${comparison} ${percent}`).join(", "),
    `${period.days} against ${period.daysBefore}`,
  ]);
  expect(words).toEqual([
    ["very-low", "very-low > 1, worn > 50", "7 against 0"],
    ["low", "low > 4, worn > 50", "7 against 0"],
    ["in-range-fall", "in-range-fall > 15, worn > 50", "7 against 7"],
    ["in-range", "in-range < 65, worn > 50", "7 against 0"],
    ["missing", "worn <= 50", "7 against 0"],
    ["none", "worn >= 50", "7 against 0"],
  ]);
  expect(tidePeriod).toEqual({ days: 7, daysBefore: 7 });
});

test("whoever comes has one group, the order is total, and equals stay as they came", () => {
  const place = anyStretches.map(tidePlaceOf);
  fc.assert(fc.property(place, ({ group }) => groups.filter((one) => one === group).length === 1));
  fc.assert(fc.property(place, place, place, (a, b, c) => isTotal(compareTide, a, b, c)));
  fc.assert(fc.property(fc.array(place, { maxLength: 60 }), (places) => isStable(places, compareTide)));
});
