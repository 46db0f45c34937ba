import { expect, test } from "vitest";
import { likelySerials } from "#sensor/likely-serials.ts";
import { oneSlipFrom } from "#sensor/one-slip.ts";
import { readSerials } from "#sensor/serials.ts";

test.each([
  ["225043056", "the letter left out"],
  ["P22504305", "the last digit left out"],
  ["P25043056", "a digit left out in the middle"],
  ["P2250430566", "a digit twice"],
  ["P225043X056", "a letter too many"],
  ["Q225043056", "another letter"],
  ["P225043096", "another digit"],
  ["P225034056", "two changed about"],
])("%s is one slip from P225043056: %s", (serial) => {
  expect(oneSlipFrom(serial)).toContain("P225043056");
});

test.each([
  ["P225043056", "itself"],
  ["P22504305600", "two too many"],
  ["P2250430", "two left out"],
  ["Q225043057", "two changed"],
])("%s is not: %s", (serial) => {
  expect(oneSlipFrom(serial)).not.toContain("P225043056");
});

test("what is too short or too long to be told apart is one slip from nothing, and of the longest there are few enough to ask for", () => {
  expect(oneSlipFrom("P225")).toEqual([]);
  expect(oneSlipFrom("P".repeat(21))).toEqual([]);
  expect(oneSlipFrom("P2250430561234567890").length).toBeLessThan(1600);
});

test.each(["21P225043056", "P225043056P225043056", "P225-043-056"])(
  "%s is tried as P225043056 first",
  (serial) => {
    expect(likelySerials(serial, 12)[0]).toBe("P225043056");
  },
);

test.each([
  ["06971234560018", "06971234560018"],
  ["6971234560018", "06971234560018"],
  ["0697 1234 56001 8", "06971234560018"],
])("%s is the number of a product, and offered as a serial all the same", (text, gtin) => {
  expect(readSerials(text)).toMatchObject({ found: [], doubt: "product", without: { gtin, lot: null } });
});

test.each(["06971234560019", "225043056", "P225043056", "123456789012"])("%s is no product's", (text) => {
  expect(readSerials(text)).toMatchObject({ found: [{ serial: text }], without: null });
});

test.each([
  ["LOT TL2608A", "TL2608A"],
  ["lot: tl2608a", "tl2608a"],
  ["Batch no. L2026-07", "L2026-07"],
  ["批号：TL2608A", "TL2608A"],
  ["批号TL2608A", "TL2608A"],
])("%s is a lot and nothing to look up", (text, lot) => {
  expect(readSerials(text)).toMatchObject({ found: [], unsure: [], without: { gtin: null, lot } });
});

test.each(["LOT TL2608A SN P225043056", "P225043056 LOT TL2608A"])(
  "in %s the serial number is found",
  (text) => {
    const { found, unsure } = readSerials(text);
    expect([...found, ...unsure].map(({ serial }) => serial)).toEqual(["P225043056"]);
  },
);
