import { describe, expect, test } from "vitest";
import type { DeviceJourney } from "#contract/device.ts";
import { wornOf } from "#proxy/lookups/worn.ts";
import { adviceOf } from "#sensor/advice.ts";
import { verdictOf } from "#sensor/verdict.ts";
import { buildDevice, buildJourney } from "#test/support/devices.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nowMs = Date.UTC(2026, 10, 20, 12);
const ago = (hours: number, minutes = 0) => nowMs - hours * hourMs - minutes * minuteMs;

/** Started and last heard of so many minutes ago; the wearer's data usually takes so many. */
function sensor(
  startedMin: number,
  lastMin: number | null,
  usualMin: number | null,
  { hasValues = false, readMin = null as number | null } = {},
) {
  const count = lastMin === null ? 0 : Math.floor((startedMin - lastMin) / 3) + 1;
  const device = buildDevice({
    state: "activated",
    boundAtMs: ago(0, startedMin + 5),
    activatedAtMs: ago(0, startedMin),
    estimatedEndAtMs: ago(0, startedMin) + 14 * 24 * hourMs,
    endedAtMs: null,
  });
  const journey: DeviceJourney = buildJourney({
    received: count,
    expected: Math.floor(startedMin / 3),
    firstReadingMs: lastMin === null ? null : ago(0, startedMin),
    lastReadingMs: lastMin === null ? null : ago(0, lastMin),
    warmUp:
      lastMin === null || hasValues ? null : { count, fromMs: ago(0, startedMin), toMs: ago(0, lastMin) },
    recent:
      lastMin === null
        ? null
        : { fromMs: ago(0, startedMin), received: count, expected: count, upload: null },
    leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
    usualDelayMs: usualMin === null ? null : usualMin * minuteMs,
    ...(readMin !== null && {
      asOfMs: ago(0, readMin),
      stale: { code: "platform-unreachable", sinceMs: ago(0, readMin) } as DeviceJourney["stale"],
    }),
  });
  return { device, journey };
}

const toldOf = (...of: Parameters<typeof sensor>) => {
  const { device, journey } = sensor(...of);
  const { headline } = verdictOf(device, journey, nowMs);
  const { saying, step } = adviceOf(device, journey, nowMs);
  return [headline, saying, step, wornOf(device, journey, nowMs)];
};

describe("a warm-up of which no value has come", () => {
  test.each([
    // Started 3 h 36 min ago, of which the first 26 minutes can be known.
    [216, 190, 240, "warming-up"],
    [216, 190, 190, "warming-up"],
    [216, 190, 120, "warming-up"],
    [360, 240, 240, "warming-up"],
    [361, 241, 240, "no-values"],
    // The last that came says so itself, however late it came.
    [400, 280, 480, "warming-up"],
    [400, 279, 480, "no-values"],
    // Data that comes at once.
    [120, 2, 5, "warming-up"],
    [121, 6, 5, "no-values"],
    [150, 60, 30, "no-values"],
    [150, 60, 31, "warming-up"],
    [130, 2, 5, "no-values"],
    [121, 2, null, "no-values"],
    [120, 2, null, "warming-up"],
  ])(
    "started %i min ago, last record %i min ago, usually %s min late: %s",
    (started, last, usual, headline) => {
      expect(toldOf(started, last, usual)[0]).toBe(headline);
    },
  );

  test("nobody is told to put on a new sensor before the data can have come", () => {
    expect(toldOf(216, 190, 240)).toEqual(["warming-up", "warming-up-late", "wait", "worn"]);
    const { device, journey } = sensor(216, 190, 240);
    expect(adviceOf(device, journey, nowMs)).toMatchObject({
      atMs: ago(3, 36) + 6 * hourMs,
      durationMs: 4 * hourMs,
    });
    expect(verdictOf(device, journey, nowMs).durationMs).toBeNull();
  });
});

describe("a sensor of which nothing has come", () => {
  test.each([
    [59, null, "warming-up", "worn"],
    [60, 5, "warming-up", "worn"],
    [61, 5, "never-sent", "silent"],
    [61, null, "never-sent", "silent"],
    [216, 190, "warming-up", "worn"],
    [380, 190, "warming-up", "worn"],
    [381, 190, "never-sent", "silent"],
    [90, 45, "warming-up", "worn"],
    [91, 45, "never-sent", "silent"],
  ])("started %i min ago, usually %s min late: %s, and in a list %s", (started, usual, headline, worn) => {
    const told = toldOf(started, null, usual);
    expect([told[0], told[3]]).toEqual([headline, worn]);
  });
});

describe("a sensor that has given values", () => {
  test.each([
    [600, 60, 5, "working"],
    [600, 61, 5, "silent"],
    [600, 380, 190, "working"],
    [600, 381, 190, "silent"],
    [600, 91, 45, "silent"],
  ])(
    "started %i min ago, last reading %i min ago, usually %i min late: %s",
    (started, last, usual, headline) => {
      expect(toldOf(started, last, usual, { hasValues: true })[0]).toBe(headline);
    },
  );
});

describe("while the platform cannot be read, what was then is told as of then", () => {
  test.each([
    // Read 170 minutes ago, when it had been started for 50.
    [110, null, 5, 70, "warming-up", "warming-up"],
    [220, 172, 5, 170, "warming-up", "no-values-as-of"],
    [300, null, 5, 170, "never-sent", "no-data-as-of"],
    [300, 172, 5, 170, "no-values", "no-values-as-of"],
    [300, 250, 5, 170, "silent", "silent-as-of"],
  ])(
    "started %i, last %s, usual %i, read %i min ago: %s, told as %s",
    (started, last, usual, readMin, headline, saying) => {
      const hasValues = headline === "silent";
      expect(toldOf(started, last, usual, { hasValues, readMin }).slice(0, 2)).toEqual([headline, saying]);
    },
  );
});
