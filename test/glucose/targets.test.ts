import { expect, test } from "vitest";
import { ownTargets, targetChoice } from "#contract/targets.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { targetKey, targetsFor, targetsOf } from "#glucose/targets.ts";

test("a pregnancy with type 2 or gestational diabetes has the range and no goal; what a study found stands beside", () => {
  const { edges, goals, notes } = targetsOf["pregnancy-other"];
  expect(edges).toEqual({ veryLow: 3, low: 3.5, high: 7.8, veryHigh: 13.9 });
  expect(goals).toEqual({});
  expect(notes.map(({ what, source }) => [what, source.kind])).toEqual([
    ["no-percentages", "consensus"],
    ["evidence-pregnancy-other", "evidence"],
  ]);
});

test("children and adolescents have the usual goals, in hospital only the one below range", () => {
  expect(targetsOf.children).toMatchObject({ edges: edgesMmolL, goals: targetsOf["most-adults"].goals });
  expect(targetsOf.children.source.name).toBe("ISPAD 2024");
  expect(targetsOf["in-hospital"].goals).toEqual({ belowRange: { max: 1 } });
});

test("a patient's own targets move the range, keep very low and very high, and judge only what was set", () => {
  expect(targetsFor({ low: 4.4, high: 9, belowRangeMax: 2 })).toMatchObject({
    edges: { veryLow: 3, low: 4.4, high: 9, veryHigh: 13.9 },
    goals: { belowRange: { max: 2 } },
    source: null,
  });
  expect(targetsFor({ low: 4.4, high: 9 }).goals).toEqual({});
  expect(targetsFor("pregnancy")).toBe(targetsOf.pregnancy);
});

test("two choices have one key only when they are the same", () => {
  expect(targetKey({ low: 4, high: 9 })).toBe(targetKey({ high: 9, low: 4 }));
  expect(targetKey({ low: 4, high: 9, belowRangeMax: 2 })).not.toBe(
    targetKey({ low: 4, high: 9, aboveRangeMax: 2 }),
  );
  expect(targetKey("children")).not.toBe(targetKey("most-adults"));
});

const reasonsOf = (own: object) =>
  ownTargets.safeParse(own).error?.issues.map(({ path, message }) => [path[0], message]) ?? [];

test.each([
  [{ low: 2.9, high: 8 }, [["low", "edge-range"]]],
  [{ low: 4, high: 14 }, [["high", "edge-range"]]],
  [{ low: 8, high: 8 }, [["high", "edge-order"]]],
  [{ low: 3.95, high: 8 }, [["low", "tenths"]]],
  [{ low: 4, high: 8, belowRangeMax: 0 }, [["belowRangeMax", "goal-range"]]],
  [{ low: 4, high: 8, inRangeMin: 100 }, [["inRangeMin", "goal-range"]]],
  [{ high: 8 }, [["low", "number"]]],
])("own targets of %j are refused: %j", (own, reasons) => {
  expect(reasonsOf(own)).toEqual(reasons);
});

test("own targets at the ends are taken, in the order of their parts whatever order they came in", () => {
  expect(reasonsOf({ low: 3, high: 13.9 })).toEqual([]);
  expect(JSON.stringify(targetChoice.parse({ belowRangeMax: 2, high: 8, low: 4.1 }))).toBe(
    '{"low":4.1,"high":8,"belowRangeMax":2}',
  );
});
