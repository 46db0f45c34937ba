import { expect, test } from "vitest";
import { serialInCode } from "#client/device/scanned-code.ts";

test.each([
  ["a bare serial", "P225043056", "P225043056"],
  ["GS1 with brackets", "(01)06912345678901(17)271130(10)L77(21)P225043056", "P225043056"],
  [
    "GS1 without, the serial after a lot",
    "010691234567890117271130" + "10L77\u001d21P225043056",
    "P225043056",
  ],
  ["GS1 with its symbology before", "]d2010691234567890121P225043056", "P225043056"],
  ["GS1 with something after the serial", "010691234567890121P225043056\u001d240X", "P225043056"],
  ["an address that names it", "https://vendor.example/check?sn=P225043056", "P225043056"],
  ["an address that ends in it", "https://vendor.example/s/P225043056/", "P225043056"],
  ["GS1 without a serial", "0106912345678901", "0106912345678901"],
])("%s", (_, code, serial) => {
  expect(serialInCode(code)).toBe(serial);
});
