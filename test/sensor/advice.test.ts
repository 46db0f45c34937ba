import { expect, test } from "vitest";
import type { Device, DeviceJourney } from "#contract/device.ts";
import { adviceOf, type KnownHere } from "#sensor/advice.ts";
import { buildDevice, buildJourney } from "#test/support/devices.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 20, 12);
const activatedAtMs = nowMs - 5 * dayMs;
const life = {
  state: "activated",
  boundAtMs: activatedAtMs - hourMs,
  activatedAtMs,
  estimatedEndAtMs: activatedAtMs + 14 * dayMs,
} as const;
const data = {
  received: 2390,
  expected: 2400,
  lastReadingMs: nowMs - 4 * minuteMs,
  leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
};
const of = (device: Partial<Device> = {}, journey: Partial<DeviceJourney> | null = {}, known?: KnownHere) =>
  adviceOf(
    buildDevice({ ...life, ...device }),
    journey && buildJourney({ ...data, ...journey }),
    nowMs,
    known,
  );
const ended = (afterMs: number) => ({
  state: "ended" as const,
  boundAtMs: nowMs - 20 * dayMs,
  activatedAtMs: nowMs - 20 * dayMs,
  estimatedEndAtMs: nowMs - 6 * dayMs,
  endedAtMs: nowMs - 6 * dayMs + afterMs,
});
const theirs = { owner: { kind: "another-partner" } } as const;

test("of a sensor that works the last reading is told, and of its end when it is near", () => {
  expect(of()).toEqual({
    saying: "working",
    replacement: null,
    and: null,
    step: "nothing",
    atMs: data.lastReadingMs,
    durationMs: null,
    endsAtMs: null,
    share: null,
    recall: null,
  });
  const endMs = nowMs + 2 * dayMs;
  expect(of({ estimatedEndAtMs: endMs })).toMatchObject({ saying: "working", endsAtMs: endMs });
  expect(of({ estimatedEndAtMs: endMs + 1 })).toMatchObject({ endsAtMs: null });
  const late = { upload: { medianMin: 40, worstMin: 300 } } as const;
  expect(of({ estimatedEndAtMs: endMs }, late as Partial<DeviceJourney>)).toMatchObject({
    saying: "upload-late",
    endsAtMs: endMs,
  });
});

test("of one that warms up it is told until when at the latest", () => {
  const startedMs = nowMs - 40 * minuteMs;
  expect(of({ activatedAtMs: startedMs }, { received: 0, lastReadingMs: null })).toMatchObject({
    saying: "warming-up",
    step: "wait",
    atMs: startedMs + 2 * hourMs,
  });
});

test("of one that warms up it is told how long that usually takes, until it has taken so long", () => {
  const none = { received: 0, lastReadingMs: null, usualWarmUpMs: 63 * minuteMs };
  expect(of({ activatedAtMs: nowMs - 40 * minuteMs }, none)).toMatchObject({
    saying: "warming-up",
    atMs: nowMs + 80 * minuteMs,
    durationMs: 63 * minuteMs,
  });
  const warm = { received: 12, warmUp: { count: 12, fromMs: nowMs - hourMs, toMs: nowMs } };
  expect(
    of({ activatedAtMs: nowMs - 63 * minuteMs }, { ...none, ...warm, lastReadingMs: nowMs }),
  ).toMatchObject({
    saying: "warming-up",
    durationMs: null,
  });
});

test("one that ended early is replaced and reported; on time or late it is replaced", () => {
  expect(of(ended(-5 * dayMs))).toMatchObject({
    saying: "ended-early",
    and: "report",
    step: "replace-and-report",
    atMs: nowMs - 11 * dayMs,
    durationMs: 5 * dayMs,
  });
  expect(of(ended(0))).toMatchObject({ saying: "ended-on-time", and: null, step: "replace" });
  expect(of(ended(dayMs))).toMatchObject({ saying: "ended-late", step: "replace" });
});

test("from dates that contradict each other no end is told, whether its data is known or not", () => {
  const odd = { ...ended(0), activatedAtMs: nowMs };
  for (const journey of [{}, null])
    expect(of(odd, journey)).toEqual({
      saying: "contradiction-ended",
      replacement: null,
      and: "report",
      step: "report",
      atMs: null,
      durationMs: null,
      endsAtMs: null,
      share: null,
      recall: null,
    });
  const soon = { estimatedEndAtMs: activatedAtMs - dayMs };
  expect(of(soon)).toMatchObject({ saying: "contradiction-in-use", atMs: null, endsAtMs: null });
  expect(of(ended(0), { afterEnd: 3 })).toMatchObject({ saying: "data-after-end" });
});

test("silence is the phone's matter, and told as of when the platform could be read last", () => {
  const lastReadingMs = nowMs - 5 * hourMs;
  expect(of({}, { lastReadingMs })).toMatchObject({ saying: "silent", step: "phone", atMs: lastReadingMs });
  const asOfMs = nowMs - hourMs;
  const stale = { code: "platform-unreachable" } as const;
  expect(of({}, { lastReadingMs, asOfMs, stale })).toMatchObject({
    saying: "silent-as-of",
    step: "look-up-later",
    atMs: asOfMs,
  });
});

test("losses are the phone's matter, unless most of the time is lost by the sensor itself", () => {
  const gap = (hours: number, cause: "lost" | "not-measured") => ({
    fromMs: nowMs - dayMs,
    toMs: nowMs - dayMs + hours * hourMs,
    cause,
    packetsLost: null,
    recordsUnreadable: 0,
  });
  const few = { received: 1000 };
  expect(of({}, { ...few, gaps: [gap(5, "lost"), gap(4, "not-measured")] })).toMatchObject({
    saying: "poor",
    step: "phone-stays-near",
  });
  expect(of({}, { ...few, gaps: [gap(4, "lost"), gap(5, "not-measured")] })).toMatchObject({
    saying: "sensor-faulty",
    and: "report",
  });
});

test("without its data no more is told of a sensor in use than that it cannot be read", () => {
  expect(of({}, null)).toMatchObject({ saying: "data-unread", step: "look-up-later" });
  expect(of({ state: "bound", activatedAtMs: null, estimatedEndAtMs: null }, null)).toMatchObject({
    saying: "bound",
    step: "start",
  });
  expect(of(ended(0), null)).toMatchObject({ saying: "ended-on-time" });
});

test("of another partner's sensor nothing is promised, and its caller is referred", () => {
  // What a caller can do alone is the only step then.
  expect(of(theirs)).toMatchObject({ saying: "working", and: null, step: "nothing" });
  expect(of({ ...theirs, ...ended(-5 * dayMs) })).toMatchObject({ and: "another-partner", step: "refer" });
  expect(of({ ...theirs, state: "unknown" })).toMatchObject({ and: "another-partner", step: "refer" });
  expect(of(theirs, { lastReadingMs: nowMs - 5 * hourMs })).toMatchObject({
    saying: "silent",
    and: null,
    step: "phone",
  });
});

test("who wears another sensor already needs no new one; who has one bound starts it", () => {
  const bound = { serial: "P3", state: "bound", isRecalled: false } as const;
  expect(of(ended(0))).toMatchObject({ step: "replace", replacement: "needed" });
  expect(of({ ...ended(0), other: worn })).toMatchObject({ step: "nothing", replacement: worn });
  expect(of({ ...ended(0), other: bound })).toMatchObject({ step: "start-other", replacement: bound });
  expect(of({ ...ended(-5 * dayMs), other: worn })).toMatchObject({
    step: "report",
    replacement: worn,
    and: "report",
  });
  expect(of({ ...ended(-5 * dayMs), other: bound })).toMatchObject({ step: "start-other-and-report" });
  expect(of({ estimatedEndAtMs: nowMs - dayMs, other: worn })).toMatchObject({
    saying: "overdue",
    step: "nothing",
    replacement: worn,
  });
  expect(of({ other: worn })).toMatchObject({ saying: "working", replacement: null });
});

test("what the vendor has given a number is not reported once more", () => {
  const early = ended(-5 * dayMs);
  expect(of(early, {}, { isReported: true })).toMatchObject({
    step: "replace",
    replacement: "needed",
    and: "reported",
  });
  expect(
    of(
      { ...early, other: { serial: "P2", state: "activated", isRecalled: false } },
      {},
      { isReported: true },
    ),
  ).toMatchObject({
    step: "note-call",
    and: "reported",
  });
  expect(
    of({ ...early, other: { serial: "P3", state: "bound", isRecalled: false } }, {}, { isReported: true }),
  ).toMatchObject({
    step: "start-other",
  });
  expect(of(ended(0), { afterEnd: 3 }, { isReported: true })).toMatchObject({
    step: "note-call",
    and: "reported",
  });
  expect(of({}, {}, { isReported: true })).toMatchObject({ step: "nothing", and: null });
  expect(of({ ...theirs, ...early }, {}, { isReported: true })).toMatchObject({
    step: "refer",
    and: "another-partner",
  });
});

test("a sensor that is poor for more than a day is replaced and reported, unless the phone still has its data", () => {
  const day = (received: number, daysAgo: number, expected = 480) => ({
    startMs: nowMs - daysAgo * dayMs,
    endMs: nowMs - (daysAgo - 1) * dayMs,
    received,
    expected,
    upload: null,
  });
  const poor = { received: 1000, expected: 2400 };
  const saying = (days: DeviceJourney["days"], gaps: DeviceJourney["gaps"] = []) =>
    of({}, { ...poor, days, gaps }).saying;
  expect(of({}, { ...poor, days: [day(170, 2), day(170, 1)] })).toMatchObject({
    saying: "poor-for-long",
    step: "replace-and-report",
    replacement: "needed",
    and: "report",
    share: 340 / 960,
  });
  expect(saying([day(170, 1)])).toBe("poor");
  expect(saying([day(170, 3), day(470, 2), day(470, 1)])).toBe("poor");
  expect(saying([day(170, 2), day(80, 1, 240)])).toBe("poor-for-long");
  const unsent = { cause: "not-uploaded" as const, packetsLost: null, recordsUnreadable: 0 };
  expect(saying([day(470, 2), day(120, 1)], [{ ...unsent, fromMs: nowMs - 18 * hourMs, toMs: nowMs }])).toBe(
    "poor",
  );
});

const unsaid = { recall: { told: null, hasInstruction: false } };
const said = { recall: { told: null, hasInstruction: true } };
const told = (outcome: "contacted" | "replaced") => ({
  recall: { told: { outcome, atMs: nowMs - hourMs }, hasInstruction: true },
});
const unused = { state: "bound", activatedAtMs: null, estimatedEndAtMs: null } as const;
const worn = { serial: "P2", state: "activated", isRecalled: false } as const;

test("a recall comes before all else, and what it says is read to who wears one", () => {
  const toWearer = { saying: "recalled", replacement: null, recall: { isRead: true, told: null } };
  expect(of({}, {}, said)).toMatchObject({ ...toWearer, step: "recall" });
  expect(of({}, {}, unsaid)).toMatchObject({ ...toWearer, step: "recall-find-out" });
  expect(of({ activatedAtMs: null }, {}, said)).toMatchObject(toWearer);
  expect(of(theirs, {}, said)).toMatchObject({ ...toWearer, step: "refer", and: "another-partner" });
  expect(of(theirs, {}, unsaid)).toMatchObject({ step: "refer", recall: { isRead: false } });
  expect(of({ owner: { kind: "nobody" } }, {}, said)).toMatchObject({ step: "recall-note-call" });
});

test("nobody is asked to start a recalled sensor, or to take one off that was never put on", () => {
  const notRead = { recall: { isRead: false } };
  expect(of(unused, null, said)).toMatchObject({
    saying: "recalled-unused",
    replacement: "needed",
    step: "recall",
    ...notRead,
  });
  expect(of(unused, null, unsaid)).toMatchObject({ step: "recall", ...notRead });
  const nobodys = { ...unused, state: "unbound", boundAtMs: null, owner: { kind: "nobody" } } as const;
  expect(of(nobodys, null, said)).toMatchObject({
    saying: "recalled-unused",
    step: "recall-note-call",
    ...notRead,
  });
});

test("a recalled sensor that has ended is told as ended, and its wearer keeps on another one that is not recalled", () => {
  expect(of({ ...ended(0), other: worn }, {}, said)).toMatchObject({
    saying: "recalled-ended",
    atMs: nowMs - 6 * dayMs,
    replacement: worn,
    step: "recall",
    recall: { isRead: false },
  });
  expect(of(ended(0), {}, said)).toMatchObject({ replacement: "needed" });
  expect(of({ ...ended(0), other: { ...worn, isRecalled: true } }, {}, told("contacted"))).toMatchObject({
    step: "look-up-other",
  });
  expect(of({ ...ended(0), activatedAtMs: nowMs }, {}, said)).toMatchObject({
    saying: "recalled-ended-untimed",
    atMs: null,
  });
  const long = { afterEnd: 9, lastReadingMs: nowMs - 5 * dayMs };
  expect(of(ended(0), long, said)).toMatchObject({ saying: "recalled-ended-untimed", atMs: null });
  expect(of(ended(0), { afterEnd: 9 }, said)).toMatchObject({
    saying: "recalled-unsure",
    recall: { isRead: true },
  });
  expect(of({ endedAtMs: nowMs - dayMs }, {}, said)).toMatchObject({ saying: "recalled-unsure" });
  expect(of({ state: "unknown" }, {}, said)).toMatchObject({ saying: "recalled-unsure" });
});

test("once its wearer was told, that is said; what the recall says stays for who may wear it still", () => {
  for (const outcome of ["contacted", "replaced"] as const)
    for (const device of [{}, unused, ended(0)])
      expect(of(device, {}, told(outcome)).recall).toEqual({
        isRead: outcome === "contacted" && Object.keys(device).length === 0,
        told: { outcome, atMs: nowMs - hourMs },
      });
  expect(of({}, {}, told("contacted"))).toMatchObject({ step: "recall-told" });
  expect(of({}, {}, told("replaced"))).toMatchObject({ step: "recall-still-worn" });
  expect(of(unused, {}, told("replaced"))).toMatchObject({ step: "recall-told", replacement: null });
  expect(of(ended(0), {}, told("replaced"))).toMatchObject({ step: "recall-told", replacement: null });
});

test("data from after the end that stopped long ago, past the planned end, is told as over", () => {
  const lastReadingMs = nowMs - 3 * dayMs;
  expect(of(ended(-dayMs), { afterEnd: 3, lastReadingMs })).toMatchObject({
    saying: "data-after-end-over",
    atMs: lastReadingMs,
    step: "report",
  });
  expect(of(ended(-dayMs), { afterEnd: 3, lastReadingMs: nowMs - hourMs })).toMatchObject({
    saying: "data-after-end",
  });
});

test("whatever is the matter with a sensor, another one that its wearer has on is named", () => {
  const other = { replacement: worn };
  expect(of({ ...ended(0), activatedAtMs: nowMs, other: worn })).toMatchObject({
    saying: "contradiction-ended",
    step: "report",
    ...other,
  });
  expect(of({ ...ended(0), other: worn }, { afterEnd: 3 })).toMatchObject({ step: "report", ...other });
  expect(of({ other: worn }, { lastReadingMs: nowMs - 5 * hourMs })).toMatchObject({
    saying: "silent",
    step: "look-up-other",
    ...other,
  });
  expect(of({ ...unused, other: worn }, null)).toMatchObject({
    saying: "bound-later",
    step: "start-later",
    ...other,
  });
  expect(of({ ...unused, other: { ...worn, isRecalled: true } }, null)).toMatchObject({
    saying: "bound",
    step: "look-up-other",
  });
});

test("of another sensor that is recalled nobody is told to start it", () => {
  const worn = { serial: "P2", state: "activated", isRecalled: true } as const;
  const bound = { serial: "P3", state: "bound", isRecalled: true } as const;
  expect(of({ ...ended(0), other: worn })).toMatchObject({ step: "look-up-other", replacement: worn });
  expect(of({ ...ended(0), other: bound })).toMatchObject({ step: "replace", replacement: bound });
  expect(of({ ...ended(-5 * dayMs), other: bound })).toMatchObject({ step: "replace-and-report" });
});

const gapOf = (cause: "lost" | "not-measured") => ({
  fromMs: nowMs - dayMs,
  toMs: nowMs - 15 * hourMs,
  cause,
  packetsLost: null,
  recordsUnreadable: 0,
});
const longAgo = { lastReadingMs: nowMs - 5 * hourMs };
/** One of each headline that a device may have, and of what is told besides. */
const situations: [Partial<Device>, Partial<DeviceJourney> | null][] = [
  [{}, {}],
  [{}, null],
  [{ estimatedEndAtMs: nowMs + dayMs }, {}],
  [{ estimatedEndAtMs: nowMs - dayMs }, {}],
  [{ estimatedEndAtMs: activatedAtMs - dayMs }, {}],
  [{ state: "unbound", boundAtMs: null, activatedAtMs: null, estimatedEndAtMs: null }, null],
  [{ state: "bound", activatedAtMs: null, estimatedEndAtMs: null }, null],
  [{ state: "unknown" }, {}],
  [{ activatedAtMs: nowMs - 40 * minuteMs }, { received: 0, lastReadingMs: null }],
  [{}, { received: 0, lastReadingMs: null }],
  [{}, { received: 40, warmUp: { count: 40, fromMs: activatedAtMs, toMs: nowMs } }],
  [{}, longAgo],
  [{}, { ...longAgo, asOfMs: nowMs - hourMs, stale: { code: "platform-unreachable" } }],
  [{}, { received: 1000, gaps: [gapOf("lost")] }],
  [{}, { received: 1000, gaps: [gapOf("not-measured")] }],
  [{}, { received: 2000, gaps: [gapOf("lost")] }],
  [{}, { upload: { medianMin: 40, worstMin: 300 } as DeviceJourney["upload"] }],
  [{}, { gaps: [gapOf("not-measured"), gapOf("not-measured"), gapOf("not-measured")] }],
  [ended(-5 * dayMs), {}],
  [ended(0), {}],
  [ended(dayMs), {}],
  [{ ...ended(0), endedAtMs: null }, {}],
  [{ ...ended(0), activatedAtMs: nowMs }, {}],
  [ended(0), { afterEnd: 3 }],
  [ended(-dayMs), { afterEnd: 3, lastReadingMs: nowMs - 3 * dayMs }],
];

test("whatever is known of a sensor, what the caller is told to expect is what is to be done next, and nothing else", () => {
  const owners: Partial<Device>[] = [{}, theirs, { owner: { kind: "nobody" } }];
  const others: Device["other"][] = [null];
  for (const state of ["bound", "activated"] as const)
    for (const isRecalled of [false, true]) others.push({ serial: "P2", state, isRecalled });
  const knowns: KnownHere[] = [{}, { isReported: true }, unsaid, said, told("contacted"), told("replaced")];
  const seen = new Set<string>();
  for (const [device, journey] of situations)
    for (const owner of owners)
      for (const other of others)
        for (const here of knowns) {
          const advice = of({ ...device, ...owner, other }, journey, here);
          const { saying, and, step, replacement } = advice;
          const what = JSON.stringify({ advice, here });
          seen.add(saying);
          expect(and === "another-partner", what).toBe(step === "refer");
          expect(and === "report", what).toBe(/(^|-)report(-|$)/.test(step));
          if (step === "note-call") expect(and, what).toBe("reported");
          if (/^replace/.test(step)) expect(replacement, what).not.toBeNull();
          if (/^start-other/.test(step)) expect(replacement, what).toMatchObject({ state: "bound" });
          if (/look-up-other$|^start-later$/.test(step))
            expect(replacement, what).toMatchObject({ state: "activated" });
          if (replacement === "needed" && !here.recall) expect(step, what).toMatch(/^(replace|refer)/);
        }
  expect(seen.size).toBeGreaterThan(25);
});

test("of uploads that were late days ago nothing is told, and nobody is asked to bring the phone", () => {
  const upload = { medianMin: 0, worstMin: 400 };
  const recent = {
    fromMs: nowMs - dayMs,
    received: 478,
    expected: 480,
    upload: { medianMin: 0, worstMin: 3 },
  };
  expect(of({}, { upload, recent })).toMatchObject({ saying: "working", step: "nothing" });
  expect(of({}, { upload, recent: { ...recent, upload } })).toMatchObject({
    saying: "upload-late",
    step: "phone",
  });
});
