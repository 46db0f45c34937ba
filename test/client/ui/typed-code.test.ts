import { expect, test } from "vitest";
import { plainCode } from "#client/ui/typed-code.ts";

test.each([
  ["１２３４５６", "123456"],
  [" 123 456\n", "123456"],
  ["abcde-fghij ", "abcde-fghij"],
  ["１２３\u200b４５６", "123456"],
])("the code %j is %s", (typed, code) => {
  expect(plainCode(typed)).toBe(code);
});
