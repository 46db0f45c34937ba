import { expect, test } from "vitest";
import { boxFaultsOf, soundBoxOf } from "#sensor/box.ts";

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
