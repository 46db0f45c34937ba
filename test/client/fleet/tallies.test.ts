import { expect, test } from "vitest";
import { talliesOf } from "#client/fleet/words.ts";
import { survivalOf } from "#sensor/survival.ts";

test("of early ends, who reached the planned end or is still worn counts for as long as that", () => {
  const tally: [number, number, number, number][] = [
    [100, 2, 2, 0],
    [200, 0, 0, 4],
    [336, 4, 0, 0],
  ];
  expect(talliesOf({ tally }, "any")).toEqual([
    { time: 100, ended: 2, censored: 0 },
    { time: 200, ended: 0, censored: 4 },
    { time: 336, ended: 4, censored: 0 },
  ]);
  // Two of ten; of the six that ended it would be a third, though four more go on.
  expect(survivalOf(talliesOf({ tally }, "early")).at(-1)?.share).toBeCloseTo(0.8, 12);
});
