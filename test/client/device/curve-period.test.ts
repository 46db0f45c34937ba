import { expect, test } from "vitest";
import { curvePeriod } from "#client/device/curve-period.ts";

const dayMs = 86_400_000;
const t0 = Date.UTC(2026, 9, 1);
const data = { firstMs: t0 + 60_000, lastMs: t0 + 9 * dayMs };

test("a running sensor's periods end now and its whole wear begins at activation", () => {
  const device = { state: "activated" as const, activatedAtMs: t0, endedAtMs: null };
  const nowMs = t0 + 10 * dayMs;
  expect(curvePeriod("days3", device, data, nowMs)).toEqual({ startMs: t0 + 7 * dayMs, endMs: nowMs });
  expect(curvePeriod("wear", device, data, nowMs)).toEqual({ startMs: t0, endMs: nowMs });
});

test("an ended sensor's periods end where its wear did", () => {
  const device = { state: "ended" as const, activatedAtMs: t0, endedAtMs: t0 + 9.5 * dayMs };
  expect(curvePeriod("hours24", device, data, t0 + 90 * dayMs)).toEqual({
    startMs: t0 + 8.5 * dayMs,
    endMs: t0 + 9.5 * dayMs,
  });
});

test("readings outside the given dates are still within the whole wear", () => {
  const device = { state: "ended" as const, activatedAtMs: t0 + dayMs, endedAtMs: t0 + 2 * dayMs };
  const period = curvePeriod("wear", device, data, t0 + 90 * dayMs);
  expect(period.startMs).toBe(data.firstMs);
  expect(period.endMs).toBeGreaterThan(data.lastMs);
});

test("a date in the year 9999 or of 1970 draws the wear out to no day to come and to no more than 400", () => {
  const device = { state: "ended" as const, activatedAtMs: 5, endedAtMs: Date.UTC(9999, 0) };
  const nowMs = t0 + 30 * dayMs;
  expect(curvePeriod("wear", device, data, nowMs)).toEqual({ startMs: nowMs - 400 * dayMs, endMs: nowMs });
});
