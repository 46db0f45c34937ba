import fc from "fast-check";
import { expect, test } from "vitest";
import type { Stretches } from "#glucose/worklists/published.ts";
import {
  compareSurfTide,
  type SurfTideGroup,
  surfTideFirstRanks,
  surfTideFlagged,
  surfTideFlags,
  surfTidePeriod,
  surfTidePlacesOf,
  surfTideRules,
} from "#glucose/worklists/surf-tide.ts";
import { expected, figuresOf, patients } from "./reference.ts";
import { anyStretches, isStable, isTotal } from "./stretches.ts";

const numbers: Readonly<Record<SurfTideGroup, number>> = { first: 1, "two-weeks": 2, others: 3, missing: 0 };
const steady = figuresOf(2000, { "very-low": 10, low: 20, "in-range": 1500, high: 370, "very-high": 100 });
const flagged = figuresOf(2000, { "very-low": 0, low: 0, "in-range": 1000, high: 1000, "very-high": 0 });

function listOf(firstRanks?: number) {
  const places = surfTidePlacesOf(
    patients.map((patient) => surfTideFlagged(patient)),
    firstRanks,
  );
  return places
    .map((place, index) => ({ id: patients[index]?.id, ...place }))
    .sort(compareSurfTide)
    .map(({ id, group, rank }) => [id, numbers[group], rank]);
}

test("163 patients stand in the lists, with the ranks and in the order that another reckoning gives", () => {
  expect(listOf()).toEqual(expected.surfTide);
  expect(listOf(20)).toEqual(expected.surfTide20);
});

test("who has no earlier week is said to have none, and why, not to have been without a flag", () => {
  const without = patients.flatMap(({ id, ...stretches }) => {
    const { noEarlierWeek, flagsBefore } = surfTideFlagged(stretches);
    expect(flagsBefore === null).toBe(noEarlierWeek !== null);
    return noEarlierWeek ? [[id, noEarlierWeek]] : [];
  });
  expect(Object.fromEntries(without)).toEqual(expected.noEarlier);
});

test("flags come with their unrounded numbers, and how many the week before had", () => {
  const latest = figuresOf(2000, { "very-low": 30, low: 70, "in-range": 1000, high: 900, "very-high": 0 });
  expect(surfTideFlagged({ latest, earlier: flagged })).toEqual({
    flags: [
      { key: "below-range", percent: 5 },
      { key: "very-low", percent: 1.5 },
      { key: "in-range", percent: 50 },
    ],
    flagsBefore: 1,
    isWornEnough: true,
    wornPercent: 100,
    inRangePercent: 50,
    noData: null,
    noEarlierWeek: null,
  });
  expect(surfTideFlagged({ latest: null, earlier: null })).toEqual({
    flags: [],
    flagsBefore: null,
    isWornEnough: false,
    wornPercent: null,
    inRangePercent: null,
    noData: "not-read",
    noEarlierWeek: "not-read",
  });
});

test("equals share a rank, who wore little takes one, and nobody is left out after the first list", () => {
  const little = figuresOf(4000, { "very-low": 40, low: 0, "in-range": 500, high: 1460, "very-high": 0 });
  const nothing = { wornShare: 0, timeIn: null };
  const stretches: Stretches[] = [
    { latest: steady, earlier: steady },
    { latest: nothing, earlier: flagged },
    { latest: flagged, earlier: steady },
    { latest: flagged, earlier: flagged },
    { latest: little, earlier: steady },
    { latest: flagged, earlier: nothing },
  ];
  expect(surfTidePlacesOf(stretches.map(surfTideFlagged), 1)).toEqual([
    { group: "others", rank: 3 },
    { group: "missing", rank: null },
    { group: "others", rank: 2 },
    { group: "two-weeks", rank: 2 },
    { group: "missing", rank: 1 },
    { group: "others", rank: 2 },
  ]);
});

test("the rules name their limits and days", () => {
  const words = [...surfTideFlags, ...surfTideRules].map(({ key, limits, period }) => [
    key,
    limits.map(({ measure, comparison, percent }) => `${measure} ${comparison} ${percent}`).join(", "),
    `${period.days} against ${period.daysBefore}`,
  ]);
  expect(words).toEqual([
    ["below-range", "below-range > 4", "7 against 7"],
    ["very-low", "very-low > 1", "7 against 7"],
    ["in-range", "in-range < 65", "7 against 7"],
    ["first", "worn > 75", "7 against 0"],
    ["two-weeks", "worn > 75", "7 against 7"],
    ["others", "worn > 75", "7 against 7"],
    ["missing", "worn <= 75", "7 against 0"],
  ]);
  expect([surfTidePeriod, surfTideFirstRanks]).toEqual([{ days: 7, daysBefore: 7 }, 60]);
});

test("everybody has a place whatever the list, the order is total, and equals stay as they came", () => {
  const list = fc.array(anyStretches.map(surfTideFlagged), { minLength: 3, maxLength: 60 });
  fc.assert(
    fc.property(list, fc.nat(60), (all, firstRanks) => {
      const places = surfTidePlacesOf(all, firstRanks);
      const [a, b, c] = places;
      expect(places).toHaveLength(all.length);
      expect(places.every(({ group }) => group in numbers)).toBe(true);
      expect(isStable(places, compareSurfTide)).toBe(true);
      expect(a && b && c && isTotal(compareSurfTide, a, b, c)).toBe(true);
    }),
  );
});
