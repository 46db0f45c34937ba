import { expect, test } from "vitest";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import { type GlucoseFigures, inRangeChangeOf } from "#glucose/figures.ts";
import { usualLimits } from "#glucose/limits.ts";
import { type Known, reasonsOf, turningPointsMs, worstOf } from "#glucose/reasons.ts";
import { targetsOf } from "#glucose/targets.ts";
import { buildFigures } from "#test/support/figures.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nowMs = Date.UTC(2026, 10, 20, 9, 0);

const shares = (veryLow: number, low: number, high: number, veryHigh: number) => ({
  "very-low": veryLow,
  low,
  "in-range": 1 - veryLow - low - high - veryHigh,
  high,
  "very-high": veryHigh,
});

const state = (own: Partial<NonNullable<GlucoseFigures["now"]>>) => ({
  timeMs: nowMs - 2 * minuteMs,
  band: "in-range" as const,
  sinceMs: nowMs - 30 * minuteMs,
  isAtLeast: false,
  trend: 1,
  isNearLow: false,
  ...own,
});

function known(
  figures: Partial<Parameters<typeof buildFigures>[0]> = {},
  change: Partial<Known> = {},
): Known {
  return {
    registeredAtMs: nowMs - 60 * 24 * hourMs,
    facts: noDeviceFacts,
    figures: buildFigures({ asOfMs: nowMs, ...figures }).figures,
    checkedAtMs: nowMs,
    lastReadingAtMs: nowMs - 2 * minuteMs,
    sensor: { estimatedEndAtMs: nowMs + 5 * 24 * hourMs, endedAtMs: null },
    targets: targetsOf["most-adults"],
    ...change,
  };
}

const keys = (own: Known, atMs = nowMs) => reasonsOf(own, usualLimits, atMs).map(({ key }) => key);

test("somebody with nothing noteworthy has no reason", () => {
  expect(keys(known())).toEqual([]);
});

test.each([
  [state({ band: "very-low" }), ["very-low-now"]],
  [state({ band: "low" }), ["low-now"]],
  [state({ trend: 20, isNearLow: true }), ["falling-near-low"]],
  [state({ trend: 10, isNearLow: true }), ["falling-near-low"]],
  [state({ trend: 1, isNearLow: true }), []],
  // After a gap the trend says nothing.
  [state({ trend: null, isNearLow: true }), []],
  [state({ band: "very-high", sinceMs: nowMs - 122 * minuteMs }), ["high-for-long"]],
  [state({ band: "very-high", sinceMs: nowMs - 121 * minuteMs }), []],
  [state({ band: "high", sinceMs: nowMs - 300 * minuteMs }), []],
  // A reading older than 15 minutes says nothing of now, but no silence ends a low.
  [state({ band: "low", timeMs: nowMs - 15 * minuteMs }), ["low-now"]],
  [state({ band: "low", timeMs: nowMs - 15 * minuteMs - 1 }), ["low-last"]],
  [state({ band: "very-low", timeMs: nowMs - 24 * hourMs }), ["very-low-last"]],
  [state({ band: "very-low", timeMs: nowMs - 24 * hourMs - 1 }), []],
  [
    state({ band: "very-high", timeMs: nowMs - 16 * minuteMs, sinceMs: nowMs - 300 * minuteMs }),
    ["high-for-long-last"],
  ],
  // Nor does it the way to one.
  [state({ trend: 20, isNearLow: true, timeMs: nowMs - 16 * minuteMs }), ["falling-near-low-last"]],
  [state({ trend: 20, isNearLow: true, timeMs: nowMs - 24 * hourMs }), ["falling-near-low-last"]],
  [state({ trend: 20, isNearLow: true, timeMs: nowMs - 24 * hourMs - 1 }), []],
  [state({ band: "very-high", timeMs: nowMs - 16 * minuteMs, sinceMs: nowMs - 100 * minuteMs }), []],
])("what is now: %o", (now, expected) => {
  expect(keys(known({ now }))).toEqual(expected);
});

test("a low now tells since when, so many minutes until the reading, and the trend", () => {
  const [reason] = reasonsOf(known({ now: state({ band: "low", trend: 10 }) }), usualLimits, nowMs);
  expect(reason).toMatchObject({ key: "low-now", value: 28, sinceMs: nowMs - 30 * minuteMs, trend: 10 });
});

test.each([
  [shares(0.01, 0, 0, 0), ["very-low"]],
  [shares(0.009_99, 0, 0, 0), []],
  [shares(0, 0.04, 0, 0), ["low"]],
  [shares(0, 0, 0.25, 0), ["high"]],
  [shares(0, 0, 0, 0.05), ["very-high"]],
  // In range must be above 70 %.
  [shares(0, 0.03, 0.24, 0.03), ["in-range", "high"]],
  [shares(0.02, 0.03, 0.3, 0.06), ["very-low", "low", "very-high", "in-range", "high"]],
])("shares of fourteen days are held against the patient's goals: %o", (timeIn, expected) => {
  expect(keys(known({ fortnight: { timeIn } }))).toEqual(expected);
});

test("whose targets have no goals is judged by none", () => {
  const timeIn = shares(0.2, 0.2, 0.2, 0.2);
  expect(keys(known({ fortnight: { timeIn } }, { targets: targetsOf["pregnancy-other"] }))).toEqual([]);
});

test("too little data explains what is high, and never a low", () => {
  const reasons = reasonsOf(
    known({ fortnight: { timeIn: shares(0.02, 0.03, 0.3, 0.06), activeShare: 0.69, coveredShare: 0.69 } }),
    usualLimits,
    nowMs,
  );
  const explained = reasons.filter(({ explainedBy }) => explainedBy).map(({ key }) => key);
  expect(explained).toEqual(["very-high", "in-range", "high"]);
  expect(reasons.map(({ key }) => key)).toContain("little-data");
  expect(worstOf(reasons)?.key).toBe("very-low");
});

test("in range fell by more than fifteen points: exactly fifteen is no fall, and of a thin week none is judged", () => {
  const fell = (week: number, coveredShare = 1, activeShare = coveredShare) =>
    reasonsOf(
      known({
        weekBefore: { timeIn: shares(0, 0, 0.1, 0) },
        week: { timeIn: shares(0, 0, 1 - week, 0), activeShare, coveredShare },
      }),
      usualLimits,
      nowMs,
    );
  expect(fell(0.75).map(({ key }) => key)).toEqual([]);
  expect(fell(0.749)).toMatchObject([{ key: "in-range-fell", value: 74.9, limit: 90 }]);
  expect(fell(0.5, 0.7).map(({ key }) => key)).toEqual(["in-range-fell"]);
  expect(fell(0.1, 0.699)).toMatchObject([{ key: "little-data", days: 7 }]);
  expect(fell(0.5, 0.4)).toMatchObject([{ key: "little-data", value: 40, days: 7 }]);
  // The sensor ended after half a day in which all had come.
  expect(fell(0.32, 0.07, 1)).toMatchObject([{ key: "little-data", value: 7, days: 7 }]);
});

test("without a week before, or with a thin one, nothing fell", () => {
  const week = { timeIn: shares(0, 0, 0.5, 0) };
  expect(keys(known({ week, weekBefore: { timeIn: null } }))).toEqual([]);
  expect(keys(known({ week, weekBefore: { activeShare: 0.5, coveredShare: 0.5 } }))).toEqual([]);
});

test("lows of the week: one of more than two hours, and two nights", () => {
  const week = { lows: 3, longestLowMs: 3 * hourMs, lowest: null, silences: 0 };
  const figures = (own: object) => {
    const base = known();
    return {
      ...base,
      figures: {
        ...(base.figures as GlucoseFigures),
        week: { ...week, extendedLows: 0, nightsWithLows: 0, ...own },
      },
    };
  };
  expect(keys(figures({ extendedLows: 1 }))).toEqual(["extended-lows"]);
  expect(keys(figures({ nightsWithLows: 2 }))).toEqual(["night-lows"]);
  expect(keys(figures({ nightsWithLows: 1 }))).toEqual([]);
  expect(keys(figures({ silences: 3 }))).toEqual(["often-silent"]);
});

test("the sensor: ends within 48 hours, ended early, silent for longer than this person's data take", () => {
  const endsInMs = (ms: number) => ({ estimatedEndAtMs: nowMs + ms, endedAtMs: null });
  expect(keys(known({}, { sensor: endsInMs(48 * hourMs) }))).toEqual(["ends-soon"]);
  expect(keys(known({}, { sensor: endsInMs(48 * hourMs + 1) }))).toEqual([]);
  const ended = { estimatedEndAtMs: nowMs + 24 * hourMs, endedAtMs: nowMs - hourMs };
  // A silence of an ended sensor is none.
  expect(keys(known({}, { sensor: ended, lastReadingAtMs: nowMs - 5 * hourMs }))).toEqual(["ended-early"]);
  expect(keys(known({}, { lastReadingAtMs: nowMs - hourMs }))).toEqual([]);
  expect(keys(known({}, { lastReadingAtMs: nowMs - hourMs - 1 }))).toEqual(["silent"]);
  const slow = { usualDelayMs: 45 * minuteMs };
  expect(keys(known(slow, { lastReadingAtMs: nowMs - 90 * minuteMs }))).toEqual([]);
  expect(keys(known(slow, { lastReadingAtMs: nowMs - 91 * minuteMs }))).toEqual(["silent"]);
});

test("nobody is silent for a time in which the platform was not read", () => {
  const own = known({}, { lastReadingAtMs: nowMs - 50 * minuteMs });
  expect(keys(own, nowMs + 9 * hourMs)).toEqual([]);
  const found = known({}, { lastReadingAtMs: nowMs - 90 * minuteMs });
  expect(reasonsOf(found, usualLimits, nowMs + 9 * hourMs)).toMatchObject([
    { key: "silent", value: 90, sinceMs: nowMs - 90 * minuteMs },
  ]);
  expect(keys(known({}, { checkedAtMs: null, lastReadingAtMs: nowMs - 5 * hourMs }))).toEqual([]);
  // Nor has a sensor ended by its plan alone, or was not started, since then.
  const dueSoon = { sensor: { estimatedEndAtMs: nowMs + hourMs, endedAtMs: null } };
  expect(keys(known({}, dueSoon), nowMs + 9 * hourMs)).toEqual([]);
  const bound = { facts: { ...noDeviceFacts, bound: { serial: "P2", atMs: nowMs - 20 * hourMs } } };
  expect(keys(known({}, bound), nowMs + 9 * hourMs)).toEqual([]);
});

test("a sensor has ended when the platform says so, or when it should have and sends no more", () => {
  const end = (estimatedEndAtMs: number, endedAtMs: number | null, lastReadingAtMs = nowMs - 5 * hourMs) =>
    reasonsOf(known({}, { sensor: { estimatedEndAtMs, endedAtMs }, lastReadingAtMs }), usualLimits, nowMs);
  const endedMs = nowMs - hourMs;
  expect(end(nowMs, endedMs)).toMatchObject([{ key: "ended", value: endedMs, sinceMs: endedMs }]);
  expect(end(endedMs, null)).toMatchObject([{ key: "ended", value: endedMs }]);
  // A reading of within five minutes belongs to the end, as one of before it.
  for (const lastMs of [-minuteMs, 1, minuteMs, 5 * minuteMs - 1])
    expect(end(endedMs, null, endedMs + lastMs)).toMatchObject([{ key: "ended", value: endedMs }]);
  // One that goes on has not ended; once nothing comes from it for as long as makes any other silent, it has.
  expect(end(endedMs, null, endedMs + 5 * minuteMs)).toEqual([]);
  const longAgoMs = nowMs - 3 * hourMs;
  expect(end(longAgoMs, null, nowMs - hourMs)).toEqual([]);
  expect(end(longAgoMs, null, nowMs - hourMs - 1)).toMatchObject([{ key: "ended", value: longAgoMs }]);
});

test("a sensor whose dates contradict each other or its data has no end that is told, and may be silent", () => {
  const [beganMs, endedMs] = [nowMs - 24 * hourMs, nowMs - 5 * hourMs];
  const soonMs = nowMs + hourMs;
  const told = (
    dates: {
      activatedAtMs: number;
      estimatedEndAtMs: number;
      endedAtMs: number | null;
      isInDoubt?: boolean;
    },
    lastReadingAtMs = nowMs - minuteMs,
  ) => keys(known({}, { sensor: dates, lastReadingAtMs }));
  expect(told({ activatedAtMs: beganMs, estimatedEndAtMs: soonMs, endedAtMs: null })).toEqual(["ends-soon"]);
  // Its state, or when it was bound, contradicts them.
  const isInDoubt = true;
  expect(told({ activatedAtMs: beganMs, estimatedEndAtMs: soonMs, endedAtMs: null, isInDoubt })).toEqual([]);
  expect(told({ activatedAtMs: beganMs, estimatedEndAtMs: soonMs, endedAtMs: endedMs })).toEqual([]);
  const sentAfter = { activatedAtMs: beganMs, estimatedEndAtMs: soonMs, endedAtMs: endedMs };
  expect(told(sentAfter, endedMs + hourMs)).toEqual(["silent"]);
  // Within five minutes a reading belongs to the end itself.
  expect(told({ ...sentAfter, estimatedEndAtMs: endedMs }, endedMs + 14_000)).toEqual(["ended"]);
  expect(told({ ...sentAfter, estimatedEndAtMs: endedMs }, endedMs + 5 * minuteMs - 1)).toEqual(["ended"]);
  expect(told({ ...sentAfter, estimatedEndAtMs: endedMs }, endedMs + 5 * minuteMs)).toEqual(["silent"]);
  expect(told({ activatedAtMs: endedMs, estimatedEndAtMs: soonMs, endedAtMs: beganMs })).toEqual([]);
  expect(told({ activatedAtMs: soonMs + 1, estimatedEndAtMs: soonMs, endedAtMs: null })).toEqual([]);
});

test("whoever has the next sensor needs none; one that is not started for a day is a reason of its own", () => {
  const bound = (atMs: number | null) => ({ facts: { ...noDeviceFacts, bound: { serial: "P2", atMs } } });
  const soon = { sensor: { estimatedEndAtMs: nowMs + hourMs, endedAtMs: null } };
  const ended = { sensor: { estimatedEndAtMs: nowMs, endedAtMs: nowMs - hourMs } };
  expect(keys(known({}, { ...soon, ...bound(nowMs - hourMs) }))).toEqual([]);
  expect(keys(known({}, { ...ended, ...bound(nowMs - hourMs) }))).toEqual([]);
  expect(keys(known({}, bound(nowMs - 24 * hourMs + 1)))).toEqual([]);
  expect(reasonsOf(known({}, bound(nowMs - 24 * hourMs)), usualLimits, nowMs)).toMatchObject([
    { key: "not-activated", value: 24 * 60, limit: 24 * 60, sinceMs: nowMs - 24 * hourMs },
  ]);
  expect(keys(known({}, bound(null)))).toEqual([]);
});

test("a recalled sensor comes before all other reasons about devices, and one whose clock was off counts for a week", () => {
  const facts = { ...noDeviceFacts, recalledAtMs: nowMs - hourMs, clockOffAtMs: nowMs - 7 * 24 * hourMs + 1 };
  const own = known({ week: { activeShare: 0.5, coveredShare: 0.5 } }, { facts });
  expect(keys(own)).toEqual(["recalled", "clock-off", "little-data"]);
  expect(keys(own, nowMs + 1)).not.toContain("clock-off");
  const ended = { estimatedEndAtMs: nowMs, endedAtMs: nowMs - 1 };
  expect(keys({ ...own, sensor: ended })).not.toContain("clock-off");
});

test("of somebody new the share of data is that of the time since their first reading, from the second day on", () => {
  const began = (hoursAgo: number, coveredShare: number) =>
    reasonsOf(
      known({
        begunMs: nowMs - hoursAgo * hourMs,
        fortnight: { coveredShare },
        week: { coveredShare: 2 * coveredShare },
      }),
      usualLimits,
      nowMs,
    );
  const days = 3.5;
  expect(began(24 * days, days / 14)).toEqual([]);
  expect(began(24 * days, (0.71 * days) / 14)).toEqual([]);
  expect(began(24 * days, (0.5 * days) / 14)).toMatchObject([{ key: "little-data", value: 50, days: 4 }]);
  expect(began(23, 0.001)).toEqual([]);
  expect(began(24, 0.001)).toMatchObject([{ key: "little-data", days: 1 }]);
});

test("who was registered within a day and has sent nothing is no reason yet", () => {
  const nothing = { activeShare: 0, coveredShare: 0, n: 0 };
  const since = (hours: number, lastReadingAtMs: number | null = null) =>
    keys(
      known(
        { fortnight: nothing, week: nothing },
        { registeredAtMs: nowMs - hours * hourMs, lastReadingAtMs, sensor: null },
      ),
    );
  expect(since(23)).toEqual([]);
  expect(since(24)).toEqual(["little-data"]);
  expect(since(1, nowMs - 20 * 24 * hourMs)).toContain("little-data");
});

test("little data has its cause: what took most of the time", () => {
  const causeOf = (gapMs: GlucoseFigures["gapMs"], change: Partial<Known> = {}) =>
    reasonsOf(
      known({ fortnight: { activeShare: 0.5, coveredShare: 0.5 }, gapMs }, change),
      usualLimits,
      nowMs,
    ).find(({ key }) => key === "little-data")?.cause;
  expect(causeOf({ "no-sensor": 5 * hourMs, "not-uploaded": hourMs })).toBe("no-sensor");
  expect(causeOf({ "no-sensor": hourMs, "not-uploaded": 2 * hourMs })).toBe("phone-silent");
  expect(causeOf({ "not-measured": hourMs })).toBe("sensor-silent");
  expect(causeOf({}, { lastReadingAtMs: null, sensor: null })).toBe("never-sent");
});

test("between two turning points the reasons of somebody of whom nothing new is known stay the same", () => {
  const own = known(
    { now: state({ band: "low" }) },
    { sensor: { estimatedEndAtMs: nowMs + 49 * hourMs, endedAtMs: null } },
  );
  const turns = turningPointsMs(own, usualLimits, nowMs);
  const ends = [...turns, nowMs + 100 * hourMs];
  let fromMs = nowMs;
  const seen: string[] = [];
  for (const untilMs of ends) {
    const at = [fromMs, (fromMs + untilMs) / 2, untilMs - 1].map((ms) => keys(own, ms).join());
    expect(new Set(at).size).toBe(1);
    seen.push(at[0] ?? "");
    fromMs = untilMs;
  }
  expect(seen).toEqual(["low-now", "low-last", "low-last,ends-soon", "ends-soon", ""]);
});

test("once readings have stopped, for how long and which way it had gone at the last one is kept", () => {
  const timeMs = nowMs - 3 * minuteMs;
  const now = state({ band: "low", sinceMs: timeMs - 35 * minuteMs, timeMs, isAtLeast: true, trend: 10 });
  const at = (atMs: number) => reasonsOf(known({ now }), usualLimits, atMs)[0];
  const kept = { value: 35, isAtLeast: true, trend: 10 };
  expect(at(nowMs)).toMatchObject({ ...kept, key: "low-now", sinceMs: timeMs - 35 * minuteMs });
  expect(at(nowMs + 30 * minuteMs)).toMatchObject({ ...kept, key: "low-last", sinceMs: timeMs });
});

test("how long it is low is the time until the reading, and no minute more", () => {
  const now = state({ band: "low", sinceMs: nowMs - 30 * minuteMs, timeMs: nowMs - 2.5 * minuteMs });
  const [reason] = reasonsOf(known({ now }), usualLimits, nowMs);
  expect((reason?.sinceMs ?? 0) + (reason?.value ?? 0) * minuteMs).toBe(now.timeMs);
});

test("the change from week to week is judged only where both have enough data", () => {
  const of = (week: number, before: number) =>
    inRangeChangeOf(
      buildFigures({
        asOfMs: nowMs,
        week: { timeIn: shares(0, 0, 0.28, 0), activeShare: week, coveredShare: week },
        weekBefore: { timeIn: shares(0, 0, 0.1, 0), activeShare: before, coveredShare: before },
      }).figures,
    );
  expect([of(0.7, 0.7), of(1 / 7, 1), of(1, 1 / 7), of(0.69, 0.7)]).toEqual([
    -18,
    "not-judged",
    "not-judged",
    "not-judged",
  ]);
});
