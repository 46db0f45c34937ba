import { expect, test } from "vitest";
import { timeTicks } from "#report/chart/time-ticks.ts";

const hourMs = 3_600_000;
const local = (timeMs: number, timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, day: "2-digit", hour: "2-digit", minute: "2-digit" }).format(
    timeMs,
  );

test("a day has a tick every two hours of the patient's clock, midnight named by its date", () => {
  const startMs = Date.UTC(2026, 10, 6, 9, 20);
  const ticks = timeTicks(startMs, startMs + 24 * hourMs, "Asia/Shanghai", 1000, 62);
  expect(ticks.map(({ timeMs }) => local(timeMs, "Asia/Shanghai"))).toEqual([
    "06, 18:00",
    "06, 20:00",
    "06, 22:00",
    "07, 00:00",
    "07, 02:00",
    "07, 04:00",
    "07, 06:00",
    "07, 08:00",
    "07, 10:00",
    "07, 12:00",
    "07, 14:00",
    "07, 16:00",
  ]);
  expect(
    ticks.filter(({ isMidnight }) => isMidnight).map(({ timeMs }) => local(timeMs, "Asia/Shanghai")),
  ).toEqual(["07, 00:00"]);
});

test("on the day the clocks go back, the ticks still stand at round local hours", () => {
  const startMs = Date.UTC(2026, 9, 24, 23);
  const ticks = timeTicks(startMs, startMs + 25 * hourMs, "Europe/London", 1000, 62);
  expect(ticks.every(({ timeMs }) => Number(local(timeMs, "Europe/London").slice(4, 6)) % 2 === 0)).toBe(
    true,
  );
  expect(ticks[0]).toEqual({ timeMs: startMs, isMidnight: true, offset: null });
});

test("a zone three quarters of an hour off has its own midnights", () => {
  const startMs = Date.UTC(2026, 10, 1);
  const ticks = timeTicks(startMs, startMs + 14 * 24 * hourMs, "Asia/Kathmandu", 1000, 62);
  expect(ticks).toHaveLength(14);
  expect(
    ticks.every(({ timeMs, isMidnight }) => isMidnight && local(timeMs, "Asia/Kathmandu").endsWith("00:00")),
  ).toBe(true);
});

test("ninety days have no more ticks than fit", () => {
  const startMs = Date.UTC(2026, 7, 1);
  expect(timeTicks(startMs, startMs + 90 * 24 * hourMs, "UTC", 300, 62).length).toBeLessThanOrEqual(5);
});

test("an hour that comes twice has both its ticks, each with its offset, where there is room", () => {
  const startMs = Date.UTC(2026, 9, 24, 23);
  const ticks = timeTicks(startMs, startMs + 6 * hourMs, "Europe/London", 1000, 62);
  expect(ticks.map(({ timeMs, offset }) => [local(timeMs, "Europe/London"), offset])).toEqual([
    ["25, 00:00", null],
    ["25, 01:00", "UTC+01:00"],
    ["25, 01:00", "UTC+00:00"],
    ["25, 02:00", null],
    ["25, 03:00", null],
    ["25, 04:00", null],
  ]);
});

test.each([
  ["Europe/Berlin", Date.UTC(2026, 9, 24, 22), 25],
  ["Europe/London", Date.UTC(2026, 2, 29), 23],
])(
  "with fewer ticks than hours none stands closer to the next than they have room, %s",
  (zone, startMs, hours) => {
    const ticks = timeTicks(startMs, startMs + hours * hourMs, zone, 1000, 62);
    const steps = ticks.slice(1).map(({ timeMs }, i) => (timeMs - (ticks[i]?.timeMs ?? 0)) / hourMs);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(2);
  },
);

test("a day whose midnight is skipped begins with a mark of its date", () => {
  const startMs = Date.UTC(2026, 8, 6, 4);
  const ticks = timeTicks(startMs, startMs + 23 * hourMs, "America/Santiago", 1000, 62);
  expect(ticks[0]).toEqual({ timeMs: startMs, isMidnight: true, offset: null });
  const far = timeTicks(startMs - 3 * 24 * hourMs, startMs + 11 * 24 * hourMs, "America/Santiago", 1000, 62);
  expect(far.some(({ timeMs }) => timeMs === startMs)).toBe(true);
});

test("while a long window is dragged, the days that are named stay the same ones", () => {
  const startMs = Date.UTC(2026, 7, 3, 5);
  const named = (byHours: number) =>
    timeTicks(startMs + byHours * hourMs, startMs + (byHours + 60 * 24) * hourMs, "Europe/Berlin", 700, 62)
      .map(({ timeMs }) => timeMs)
      .filter((timeMs) => timeMs > startMs + 10 * 24 * hourMs && timeMs < startMs + 50 * 24 * hourMs);
  for (const byHours of [24, 48, 100]) expect(named(byHours)).toEqual(named(0));
});
