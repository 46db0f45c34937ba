import { expect, test } from "vitest";
import { parseSerial } from "#contract/serial.ts";

test.each([
  ["P225043056", "P225043056"],
  ["  p2250 43056\n", "P225043056"],
  ["P2250\r\n43056\t", "P225043056"],
  ["\u200bP225043056\ufeff", "P225043056"],
  ["Ｐ２２５０４３０５６", "P225043056"],
  ["p-22.5_04", "P-22.5_04"],
])("a serial typed or pasted as %j is %s", (typed, serial) => {
  expect(parseSerial(typed)).toBe(serial);
});

test.each(["", "   ", "P22504/3056", "P22504;3056", "患者", "---", "P".repeat(65)])(
  "%j cannot be a serial",
  (typed) => {
    expect(parseSerial(typed)).toBeNull();
  },
);
