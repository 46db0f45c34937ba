import { expect, test } from "vitest";
import { renewedAfterMs } from "#client/api/readings.ts";

test("a value that is corrected days later is on an open page within two minutes, over ninety days within ten", () => {
  const minutes = ([14, 30, 90] as const).map((days) => renewedAfterMs({ kind: "last", days }) / 60_000);
  expect(minutes).toEqual([2, 2, 10]);
});
