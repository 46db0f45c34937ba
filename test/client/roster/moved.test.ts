import { expect, test } from "vitest";
import { countMoved } from "#client/roster/moved.ts";

test.each([
  { what: "nothing", after: "abcdef", moved: 0 },
  { what: "the last one moved to the front", after: "fabcde", moved: 1 },
  { what: "two changed places", after: "bacdef", moved: 1 },
  { what: "one came in and pushed the last one out", after: "xabcde", moved: 1 },
  { what: "one left", after: "abdef", moved: 1 },
  { what: "all others", after: "uvwxyz", moved: 6 },
  { what: "turned round", after: "fedcba", moved: 5 },
])("$what: $moved", ({ after, moved }) => {
  expect(countMoved([..."abcdef"], [...after])).toBe(moved);
});
