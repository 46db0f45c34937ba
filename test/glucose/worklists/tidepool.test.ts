import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compareTidepool,
  type TidepoolGroup,
  tidepoolDays,
  tidepoolPeriodOf,
  tidepoolPlaceOf,
  tidepoolRulesOf,
} from "#glucose/worklists/tidepool.ts";
import { expected, figuresOf, patients } from "./reference.ts";
import { anyStretches, isStable, isTotal } from "./stretches.ts";

const names: Readonly<Record<TidepoolGroup, string>> = {
  "very-low": "<54 >1",
  "below-range": "<70 >4",
  "very-high": ">250 >5",
  "above-range": ">180 >25",
  "in-range-fall": "fell >15",
  worn: "use <70",
  "meeting-targets": "meeting",
  "no-data": "no data",
};

test("163 patients stand in the categories and in the order that another reckoning gives", () => {
  const list = patients
    .map(({ id, ...stretches }) => ({ id, place: tidepoolPlaceOf(stretches) }))
    .sort((a, b) => compareTidepool(a.place, b.place));
  expect(list.map(({ id, place }) => [id, names[place.group]])).toEqual(expected.tidepool);
});

test("who has no earlier period is said to have none, and why", () => {
  const without = patients.flatMap(({ id, ...stretches }) => {
    const { noEarlierPeriod } = tidepoolPlaceOf(stretches);
    return noEarlierPeriod ? [[id, noEarlierPeriod]] : [];
  });
  expect(Object.fromEntries(without)).toEqual(expected.noEarlier);
});

test("a patient is in one category and has all the reasons that hold, with their numbers", () => {
  const latest = figuresOf(2000, { "very-low": 0, low: 50, "in-range": 500, high: 350, "very-high": 100 });
  const earlier = figuresOf(2000, { "very-low": 0, low: 0, "in-range": 1400, high: 600, "very-high": 0 });
  expect(tidepoolPlaceOf({ latest, earlier })).toEqual({
    group: "below-range",
    reasons: [
      { key: "below-range", percent: 5 },
      { key: "very-high", percent: 10 },
      { key: "above-range", percent: 45 },
      { key: "in-range-fall", percent: 20 },
      { key: "worn", percent: 50 },
    ],
    inRangePercent: 50,
    noData: null,
    noEarlierPeriod: null,
  });
});

test("nothing measured and not read are both no data, and told apart", () => {
  const nothing = { wornShare: 0, timeIn: null };
  expect(tidepoolPlaceOf({ latest: nothing, earlier: nothing })).toEqual({
    group: "no-data",
    reasons: [],
    inRangePercent: null,
    noData: "no-reading",
    noEarlierPeriod: "no-reading",
  });
  expect(tidepoolPlaceOf({ latest: null, earlier: null })).toMatchObject({
    group: "no-data",
    noData: "not-read",
    noEarlierPeriod: "not-read",
  });
});

test.each(tidepoolDays)("the rules name their limits, and %i days", (days) => {
  const words = tidepoolRulesOf(days).map(({ key, limits, period }) => [
    key,
    limits.map(({ measure, comparison, percent }) => `${measure} ${comparison} ${percent}`).join(", "),
    period.daysBefore,
  ]);
  expect(words).toEqual([
    ["very-low", "very-low > 1", 0],
    ["below-range", "below-range > 4", 0],
    ["very-high", "very-high > 5", 0],
    ["above-range", "above-range > 25", 0],
    ["in-range-fall", "in-range-fall > 15", days],
    ["worn", "worn < 70", 0],
    ["meeting-targets", "in-range >= 70, worn >= 70", 0],
  ]);
  expect(tidepoolRulesOf(days).every(({ period }) => period.days === days)).toBe(true);
  expect(tidepoolPeriodOf(days)).toEqual({ days, daysBefore: days });
});

test("whoever comes has one category, the order is total, and equals stay as they came", () => {
  const place = anyStretches.map(tidepoolPlaceOf);
  fc.assert(fc.property(place, ({ group }) => group in names));
  fc.assert(fc.property(place, place, place, (a, b, c) => isTotal(compareTidepool, a, b, c)));
  fc.assert(fc.property(fc.array(place, { maxLength: 60 }), (places) => isStable(places, compareTidepool)));
});

test("who meets the targets has at least 70 % in range and worn, as the service asks", () => {
  fc.assert(
    fc.property(anyStretches, (stretches) => {
      const { group, inRangePercent } = tidepoolPlaceOf(stretches);
      if (group !== "meeting-targets") return true;
      return (inRangePercent ?? 0) >= 70 && (stretches.latest?.wornShare ?? 0) >= 0.7;
    }),
  );
});
