import fc from "fast-check";
import { expect, test } from "vitest";
import { boxFaultsOf, boxWith, isBoxContradicted, soundBoxOf } from "#sensor/box.ts";

const nowMs = Date.UTC(2026, 10, 29, 12);
const box = { gtin: "06971234560018", lot: "L1", producedOn: "2026-08-01", expiry: "2027-08-01" };

test("a box that can be so has no fault; one produced today in the zone furthest ahead has none", () => {
  expect(boxFaultsOf(box, nowMs)).toEqual({});
  expect(boxFaultsOf({ ...box, producedOn: "2026-11-30" }, nowMs)).toEqual({});
});

test("a check digit that does not fit, a production to come and dates in the wrong order are faults", () => {
  expect(boxFaultsOf({ ...box, gtin: "06971234560010" }, nowMs)).toEqual({ gtin: "check-digit" });
  expect(boxFaultsOf({ ...box, producedOn: "2026-12-01" }, nowMs)).toEqual({ producedOn: "in-future" });
  const crossed = { ...box, expiry: "2026-07-31" };
  expect(boxFaultsOf(crossed, nowMs)).toEqual({ producedOn: "after-expiry", expiry: "before-production" });
  expect(soundBoxOf(crossed, nowMs)).toEqual({ ...box, producedOn: null, expiry: null });
});

const none = { gtin: null, lot: null, producedOn: null, expiry: null };

test.each([
  ["nothing", none, {}, false],
  ["the same", box, {}, false],
  ["the same without a production date", { ...box, producedOn: null }, {}, false],
  ["a lot that is another one, and no dates", { ...none, lot: "L2" }, { lot: "L2" }, true],
  ["another use-by date", { ...none, expiry: "2027-09-01" }, { expiry: "2027-09-01" }, true],
  [
    "a use-by date before the production that is known",
    { ...none, expiry: "2026-07-01" },
    { expiry: "2026-07-01", producedOn: null },
    true,
  ],
  [
    "a production after the use-by date that is known",
    { ...none, producedOn: "2027-08-02" },
    { producedOn: "2027-08-02", expiry: null },
    true,
  ],
] as const)(
  "of a box and %s nothing goes but what is contradicted",
  (_what, scanned, change, isContradicted) => {
    expect(boxWith(box, scanned)).toEqual({ ...box, ...change });
    expect(isBoxContradicted(box, scanned)).toBe(isContradicted);
    expect(boxWith(none, scanned)).toEqual(scanned);
    expect(isBoxContradicted(none, scanned)).toBe(false);
  },
);

test("what is known goes only where a code names the same, or the other of two dates that cross", () => {
  const date = fc.option(fc.constantFrom("2026-06-01", "2026-08-01", "2027-08-01"));
  const details = fc.record({
    gtin: fc.option(fc.constantFrom("06971234560018", "06971234560025")),
    lot: fc.option(fc.constantFrom("L1", "L2")),
    producedOn: date,
    expiry: date,
  });
  const sound = details.filter((one) => Object.keys(boxFaultsOf(one, nowMs)).length === 0);
  fc.assert(
    fc.property(sound, sound, (known, scanned) => {
      const merged = boxWith(known, scanned);
      expect(boxFaultsOf(merged, nowMs)).toEqual({});
      expect(merged).toMatchObject({ gtin: scanned.gtin ?? known.gtin, lot: scanned.lot ?? known.lot });
      if (scanned.producedOn === null && scanned.expiry === null)
        expect(merged).toMatchObject({ producedOn: known.producedOn, expiry: known.expiry });
    }),
  );
});
