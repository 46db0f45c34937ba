import { expect, test } from "vitest";
import { hourMs, minuteMs } from "#glucose/time.ts";
import { wornOf } from "#proxy/lookups/worn.ts";
import { verdictOf } from "#sensor/verdict.ts";
import { buildDevice, buildJourney } from "#test/support/devices.ts";

const nowMs = Date.UTC(2026, 10, 28, 12);
const device = buildDevice({
  state: "activated",
  activatedAtMs: nowMs - 5 * 24 * hourMs,
  estimatedEndAtMs: nowMs + 9 * 24 * hourMs,
  endedAtMs: null,
});

test.each([
  [5 * minuteMs, null, "worn"],
  [61 * minuteMs, null, "silent"],
  // Of who uploads once in three hours nothing is missing yet.
  [2 * hourMs, 3 * hourMs, "worn"],
  [20 * hourMs, 3 * hourMs, "silent"],
] as const)(
  "with the last reading %i ms ago and a usual delay of %s ms the list and the verdict say alike: %s",
  (agoMs, usualDelayMs, worn) => {
    const journey = buildJourney({ lastReadingMs: nowMs - agoMs, usualDelayMs, asOfMs: nowMs });
    expect(wornOf(device, journey, nowMs)).toBe(worn);
    expect(verdictOf(device, journey, nowMs).headline === "silent").toBe(worn === "silent");
  },
);

test("one that was just started and warms up is worn; a day later without a reading it is silent", () => {
  const journey = buildJourney({ lastReadingMs: null, asOfMs: nowMs });
  const started = (agoMs: number) => ({ ...device, activatedAtMs: nowMs - agoMs });
  expect(wornOf(started(30 * minuteMs), journey, nowMs)).toBe("worn");
  expect(wornOf(started(24 * hourMs), journey, nowMs)).toBe("silent");
});

test("one whose planned end has come is not worn, unless data comes from more than five minutes after it", () => {
  const worn = (endedAgoMs: number, lastReadingMs: number) =>
    wornOf(
      { ...device, estimatedEndAtMs: nowMs - endedAgoMs },
      buildJourney({ lastReadingMs, asOfMs: nowMs }),
      nowMs,
    );
  const endMs = nowMs - 30 * minuteMs;
  for (const afterMs of [-minuteMs, 1000, 5 * minuteMs - 1])
    expect(worn(30 * minuteMs, endMs + afterMs)).toBe("no");
  expect(worn(30 * minuteMs, endMs + 5 * minuteMs)).toBe("worn");
  expect(worn(3 * hourMs, nowMs - 2 * hourMs)).toBe("no");
});
