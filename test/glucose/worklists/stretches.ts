import fc from "fast-check";
import type { PublishedFigures, Stretches } from "#glucose/worklists/published.ts";
import { figuresOf } from "./reference.ts";

const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 2000 }));

const figures: fc.Arbitrary<PublishedFigures | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 9,
    arbitrary: fc
      .record({ "very-low": count, low: count, "in-range": count, high: count, "very-high": count })
      .chain((counts) => {
        const n = Object.values(counts).reduce((sum, part) => sum + part, 0);
        return fc.constantFrom(n, 2 * n, Math.max(n, 2016)).map((expected) => figuresOf(expected, counts));
      }),
  },
);

/** Any patient, exact limits and missing stretches among them. */
export const anyStretches: fc.Arbitrary<Stretches> = fc.record({ latest: figures, earlier: figures });

/** Whether an order is a total one: reversing the two turns it round, and it goes on over a third. */
export function isTotal<T>(compare: (a: T, b: T) => number, a: T, b: T, c: T): boolean {
  const turned = Math.sign(compare(a, b)) === -Math.sign(compare(b, a)) || compare(a, b) === 0;
  const reflexive = compare(a, a) === 0;
  const passesOn = !(compare(a, b) <= 0 && compare(b, c) <= 0) || compare(a, c) <= 0;
  return turned && reflexive && passesOn;
}

/** Who stands where, after sorting; equals in the order in which they came. */
const sorted = <T>(places: readonly T[], compare: (a: T, b: T) => number) =>
  places.map((place, index) => ({ place, index })).sort((a, b) => compare(a.place, b.place));

/** Whether nobody is gone, and equals stand as they came. */
export function isStable<T>(places: readonly T[], compare: (a: T, b: T) => number): boolean {
  const list = sorted(places, compare);
  const everybody = new Set(list.map(({ index }) => index)).size === places.length;
  return (
    everybody &&
    list.every(({ place, index }, at) => {
      const next = list[at + 1];
      if (!next) return true;
      const order = compare(place, next.place);
      return order < 0 || (order === 0 && index < next.index);
    })
  );
}
