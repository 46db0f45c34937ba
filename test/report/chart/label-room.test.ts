import { expect, test } from "vitest";
import { labelShifts } from "#report/chart/label-room.ts";

test("labels that would lie on each other move apart, the upper one up and the lower one down", () => {
  expect(labelShifts([50, 59, 130])).toEqual([2.5, -2.5, 0]);
});

test("labels with room enough stay where they are", () => {
  expect(labelShifts([50, 66, 170])).toEqual([0, 0, 0]);
});
