import fc from "fast-check";
import { expect, test } from "vitest";
import { readSerial, serialGroups } from "#client/device/serial.ts";
import { parseSerial } from "#contract/serial.ts";

test("spaces, line breaks and lower case are cleaned", () => {
  expect(readSerial(" lt26 10\n a3f7 ")).toEqual({ serial: "LT2610A3F7" });
});

test("what cannot be a serial number says why", () => {
  expect(readSerial(" \n ")).toEqual({ problem: { kind: "empty" } });
  expect(readSerial("--")).toEqual({ problem: { kind: "empty" } });
  expect(readSerial("A".repeat(65))).toEqual({ problem: { kind: "too-long", length: 65 } });
  expect(readSerial("LT#26/10#")).toEqual({ problem: { kind: "characters", characters: ["#", "/"] } });
  expect(readSerial("号LT26")).toEqual({ problem: { kind: "characters", characters: ["号"] } });
});

test("a serial is read exactly when the contract can parse it and it has a digit, and otherwise there is a reason", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      const parsed = parseSerial(text);
      const read = readSerial(text);
      expect("serial" in read ? read.serial : null).toBe(parsed && /\d/.test(parsed) ? parsed : null);
    }),
  );
});

test("groups of four hold the whole serial", () => {
  expect(serialGroups("LT2610A3F7")).toEqual(["LT26", "10A3", "F7"]);
});
