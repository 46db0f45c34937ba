import { expect, test } from "vitest";
import type { Device, DeviceJourney } from "#contract/device.ts";
import { thresholds, verdictOf } from "#sensor/verdict.ts";
import { buildDevice, buildJourney } from "#test/support/devices.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 20, 12);
const activatedAtMs = nowMs - 5 * dayMs;

const of = (device: Partial<Device> = {}, journey: Partial<DeviceJourney> = {}) =>
  verdictOf(
    buildDevice({
      state: "activated",
      boundAtMs: activatedAtMs - hourMs,
      activatedAtMs,
      estimatedEndAtMs: activatedAtMs + 14 * dayMs,
      endedAtMs: null,
      ...device,
    }),
    buildJourney({
      received: 2390,
      expected: 2400,
      lastReadingMs: nowMs - 4 * minuteMs,
      leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
      ...journey,
    }),
    nowMs,
  );
const headline = (...parts: Parameters<typeof of>) => of(...parts).headline;
const claims = (...parts: Parameters<typeof of>) => of(...parts).claims.map(({ code }) => code);
const ended = (afterMs: number) => ({
  state: "ended" as const,
  activatedAtMs: nowMs - 20 * dayMs,
  boundAtMs: nowMs - 20 * dayMs,
  estimatedEndAtMs: nowMs - 6 * dayMs,
  endedAtMs: nowMs - 6 * dayMs + afterMs,
});

test("a sensor that sends what is expected works, and that is all there is to say", () => {
  const verdict = of();
  expect([verdict.headline, verdict.tone]).toEqual(["working", "good"]);
  expect(verdict.claims).toEqual([
    {
      code: "share",
      evidence: "device-data",
      values: { received: 2390, expected: 2400 },
      isPresent: true,
    },
  ]);
});

test("below 90 % it works with losses, below 70 % badly", () => {
  expect(headline({}, { received: 2160 })).toBe("working");
  expect(headline({}, { received: 2159 })).toBe("patchy");
  expect(headline({}, { received: 1680 })).toBe("patchy");
  expect(headline({}, { received: 1679 })).toBe("poor");
});

test("more than an hour without data is silence, and says how long", () => {
  expect(headline({}, { lastReadingMs: nowMs - thresholds.silentMs })).toBe("working");
  // Whose data is usually late is silent later.
  const late = { lastReadingMs: nowMs - 5 * hourMs };
  expect(headline({}, { ...late, usualDelayMs: 2 * hourMs })).toBe("silent");
  expect(headline({}, { ...late, usualDelayMs: 3 * hourMs })).toBe("working");
  expect(of({}, { lastReadingMs: nowMs - thresholds.silentMs - 1 })).toMatchObject({
    headline: "silent",
    durationMs: thresholds.silentMs + 1,
    tone: "major",
  });
});

test("without any data it warms up in its first hour, and has never sent after that", () => {
  const none = { lastReadingMs: null, received: 0 };
  expect(headline({ activatedAtMs: nowMs - 50 * minuteMs }, none)).toBe("warming-up");
  expect(headline({}, none)).toBe("never-sent");
});

test("with nothing but warm-up records it warms up, and its share of data is not judged", () => {
  const warm = { received: 12, warmUp: { count: 12, fromMs: nowMs - hourMs, toMs: nowMs } };
  const started = { activatedAtMs: nowMs - thresholds.warmUpMs };
  expect(headline(started, warm)).toBe("warming-up");
  expect(claims(started, warm)).not.toContain("share");
});

test("unbound, bound and unknown are what they are", () => {
  const dates = { boundAtMs: null, activatedAtMs: null, estimatedEndAtMs: null };
  expect(headline({ ...dates, state: "unbound" })).toBe("unbound");
  expect(headline({ ...dates, state: "bound", boundAtMs: nowMs - dayMs })).toBe("bound");
  expect(headline({ state: "unknown" })).toBe("unknown");
});

test("it ended on time within two hours of the expected end, else early or late, and by how much", () => {
  expect(headline(ended(0))).toBe("ended-on-time");
  expect(headline(ended(-2 * hourMs))).toBe("ended-on-time");
  expect(of(ended(-2 * hourMs - 1))).toMatchObject({ headline: "ended-early", durationMs: 2 * hourMs + 1 });
  expect(of(ended(11 * hourMs))).toMatchObject({ headline: "ended-late", durationMs: 11 * hourMs });
});

test("dates that contradict each other are a matter for the vendor, and no early or late end is read from them", () => {
  const verdict = of({ ...ended(0), endedAtMs: nowMs - 30 * dayMs });
  expect([verdict.headline, verdict.tone]).toEqual(["ended-doubtful", "major"]);
  expect(verdict.claims[0]).toMatchObject({ code: "contradiction", evidence: "contradictions" });
});

test("readings from after the end are reported", () => {
  const verdict = of(ended(-3 * dayMs), { afterEnd: 40 });
  expect(verdict.headline).toBe("ended-doubtful");
  expect(verdict.tone).toBe("major");
  expect(verdict.claims[0]).toMatchObject({ code: "after-end", values: { count: 40 } });
});

test("each fault of the journey is a claim with its evidence, and just short of it none", () => {
  const gap = { fromMs: nowMs - 9 * hourMs, toMs: nowMs - 8 * hourMs };
  const jump = { atMs: nowMs - dayMs, byMin: 7 };
  const rules: [string, string, Partial<DeviceJourney>, Partial<DeviceJourney>][] = [
    [
      "late-uploads",
      "uploads",
      { upload: { medianMin: 31, worstMin: 31 } },
      { upload: { medianMin: 30, worstMin: 120 } },
    ],
    ["late-uploads", "uploads", { upload: { medianMin: 0, worstMin: 121 } }, { upload: null }],
    [
      "packets-lost",
      "gaps",
      { packetsLost: 1 },
      { gaps: [{ ...gap, cause: "not-uploaded", packetsLost: null, recordsUnreadable: 0 }] },
    ],
    [
      "sensor-silent",
      "gaps",
      { gaps: [{ ...gap, cause: "not-measured", packetsLost: null, recordsUnreadable: 0 }] },
      { gaps: [] },
    ],
    ["restarts", "clock", { clock: { driftMin: 0, jumps: [{ ...jump, kind: "restart" }] } }, { clock: null }],
    ["time-jumps", "clock", { clock: { driftMin: 0, jumps: [{ ...jump, kind: "time" }] } }, { clock: null }],
    ["drift", "clock", { clock: { driftMin: -15, jumps: [] } }, { clock: { driftMin: 14, jumps: [] } }],
    [
      "new-phone",
      "device-data",
      { leftOut: { malformed: 0, duplicates: 100, contradicting: 0 } },
      { leftOut: { malformed: 0, duplicates: 99, contradicting: 0 } },
    ],
    [
      "malformed",
      "device-data",
      { leftOut: { malformed: 1, duplicates: 0, contradicting: 0 } },
      { leftOut: { malformed: 0, duplicates: 0, contradicting: 0 } },
    ],
  ];
  for (const [code, evidence, holds, fails] of rules) {
    expect(of({}, holds).claims).toContainEqual(expect.objectContaining({ code, evidence }));
    expect(claims({}, fails)).not.toContain(code);
  }
});

test("past its expected end it is overdue, whatever else it does, and by how much", () => {
  const overdue = { estimatedEndAtMs: nowMs - dayMs };
  for (const journey of [{}, { received: 10 }, { lastReadingMs: nowMs - 5 * hourMs }])
    expect(of(overdue, journey)).toMatchObject({ headline: "overdue", durationMs: dayMs, tone: "major" });
  expect(claims(overdue)).toEqual(["share"]);
});

test("more than two hours after its start warm-up records alone are no warm-up any more", () => {
  const warm = { received: 12, warmUp: { count: 12, fromMs: nowMs - hourMs, toMs: nowMs } };
  expect(of({ activatedAtMs: nowMs - thresholds.warmUpMs - 1 }, warm)).toMatchObject({
    headline: "no-values",
    tone: "severe",
  });
});

test("it does not simply work when it is past its end, its clock is off or it keeps standing still", () => {
  const silence = {
    fromMs: nowMs - 9 * hourMs,
    toMs: nowMs - 8 * hourMs,
    packetsLost: null,
    recordsUnreadable: 0,
  };
  const silences = (count: number) => ({ gaps: Array(count).fill({ ...silence, cause: "not-measured" }) });
  expect(of({}, { clock: { driftMin: 20, jumps: [] } })).toMatchObject({
    headline: "irregular",
    tone: "minor",
  });
  expect(headline({}, { clock: { driftMin: 15, jumps: [] } })).toBe("irregular");
  expect(headline({}, silences(thresholds.recurringSilences - 1))).toBe("working");
  expect(headline({}, silences(thresholds.recurringSilences))).toBe("irregular");
  expect(headline({}, { upload: { medianMin: 0, worstMin: 360 }, packetsLost: 9 })).toBe("working");
});

test("what went wrong before the last day of data is told as over, and the sensor works", () => {
  const lastReadingMs = nowMs - 4 * minuteMs;
  const sinceMs = lastReadingMs - thresholds.recentMs;
  const upload = { medianMin: 0, worstMin: 400 };
  const silence = (toMs: number) => ({
    fromMs: toMs - hourMs,
    toMs,
    cause: "not-measured" as const,
    packetsLost: null,
    recordsUnreadable: 0,
  });
  const jump = (atMs: number) => ({ driftMin: 0, jumps: [{ atMs, byMin: 9, kind: "time" as const }] });
  const recent = { fromMs: sinceMs, received: 470, expected: 480, upload: { medianMin: 0, worstMin: 4 } };
  const cases: [string, Partial<DeviceJourney>, Partial<DeviceJourney>][] = [
    ["late-uploads", { upload }, { upload, recent: { ...recent, upload } }],
    ["time-jumps", { clock: jump(sinceMs - 1) }, { clock: jump(sinceMs) }],
    [
      "sensor-silent",
      { gaps: [9, 8, 7].map((hours) => silence(sinceMs - hours * hourMs)) },
      { gaps: [9, 8, 0].map((hours) => silence(sinceMs - hours * hourMs)) },
    ],
  ];
  for (const [code, before, lately] of cases) {
    expect(of({}, { recent, ...before })).toMatchObject({ headline: "working", tone: "good" });
    const isPresent = (journey: Partial<DeviceJourney>) =>
      of({}, { recent, ...journey }).claims.find((claim) => claim.code === code)?.isPresent;
    expect([code, isPresent(before), isPresent(lately)]).toEqual([code, false, true]);
  }
  expect(headline({}, { recent, received: 1000 })).toBe("working");
  expect(headline({}, { recent: { ...recent, received: 400 }, received: 1000 })).toBe("patchy");
});
