import { expect, test } from "vitest";
import { extended, type ListPosition } from "#client/roster/list-position.ts";

const position = (ids: readonly string[], from: number, total: number): ListPosition => ({
  view: { filter: {}, sort: "name", down: false },
  q: "",
  index: from,
  total,
  ids,
  from,
});

test("what stands now after the last that is known follows it, whoever has left or come before", () => {
  const { ids, total } = extended(position(["a", "b", "c"], 0, 6), ["new", "a", "c", "d", "e"], "next");
  expect([ids, total]).toEqual([["a", "b", "c", "d", "e"], 6]);
});

test("where nobody follows any more the list ends", () => {
  expect(extended(position(["a", "b"], 0, 6), ["a", "b"], "next")).toMatchObject({
    total: 2,
    ids: ["a", "b"],
  });
});

test("those before are put before, and where there are fewer the places begin with them", () => {
  const more = extended(position(["c", "d"], 2, 9), ["a", "b", "c", "d"], "previous");
  expect(more).toMatchObject({ ids: ["a", "b", "c", "d"], from: 0, total: 9 });
  const fewer = extended(position(["c", "d"], 2, 9), ["c", "d"], "previous");
  expect(fewer).toMatchObject({ ids: ["c", "d"], from: 0, total: 7 });
});
