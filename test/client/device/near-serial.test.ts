import { expect, test } from "vitest";
import { isNearSerial } from "#client/device/near-serial.ts";

test.each([
  ["P225043056", "P225043057", true],
  ["P225043056", "P22504356", true],
  ["P225043056", "P2250430566", true],
  ["P225043056", "P225034056", true],
  ["P225043056", "Q225043056", true],
  ["P225043056", "P225043056", false],
  ["P225043056", "P225043165", false],
  ["P225043056", "P2250430", false],
  ["AB", "BA", true],
  ["P225043056", "P225-043-056", true],
])("%s and %s: %s", (a, b, near) => {
  expect(isNearSerial(a, b)).toBe(near);
  expect(isNearSerial(b, a)).toBe(near);
});
