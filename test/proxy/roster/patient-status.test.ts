import { pino } from "pino";
import { expect, test } from "vitest";
import type { PatientStatus } from "#contract/roster.ts";
import type { Reading } from "#glucose/reading.ts";
import { partOf, seriesOf, wholeOf } from "#glucose/reading-series.ts";
import { createBriefCaches } from "#proxy/brief-cache.ts";
import type { Platform, PlatformDevice } from "#proxy/platform/types.ts";
import { createStatusReader } from "#proxy/roster/patient-status.ts";
import type { KeptGlucose } from "#proxy/store/day-summaries.ts";
import type { PatientFigures } from "#proxy/store/patient-figures.ts";
import type { PatientStore } from "#proxy/store/patients.ts";
import type { SensorFacts } from "#proxy/store/sensors.ts";
import { limitsAtFirst } from "#proxy/store/worklist-limits.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const nowMs = Date.UTC(2026, 10, 20, 9, 30);
const ada = {
  id: "p1",
  partnerUid: "clinic-1",
  name: "Ada",
  dateOfBirth: null,
  hospitalNumber: null,
  diabetesType: null,
  therapy: null,
  phone: null,
  region: "SE",
  timeZone: "UTC",
  openId: "open-1",
  targets: "most-adults" as const,
  targetsSet: null,
  tags: [],
  careTeam: [],
  archivedAtMs: null,
  mergedInto: null,
  createdAtMs: nowMs,
};

/** Reads from a platform that has these readings of one person, and what it was asked for. */
function readerOf(
  readings: readonly Reading[],
  lives: Record<string, Partial<PlatformDevice>> = {},
  owner = ada.openId,
  boundAskedAtMs: number | null = null,
) {
  const asked: [number, number][] = [];
  let clockMs = nowMs;
  const platform = {
    userReadings: async (openId: string, startMs: number, endMs: number) => {
      asked.push([(clockMs - startMs) / dayMs, (clockMs - endMs) / dayMs]);
      return {
        ...partOf(wholeOf(seriesOf(openId === owner ? readings : [])), startMs, endMs),
        leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
        unreadable: [],
        unread: [],
        asOfMs: clockMs,
        stale: null,
      };
    },
    deviceInfo: async (serial: string) => {
      const life = lives[serial];
      if (!life) throw new Error("no such device");
      const first = readings.find(({ sensor }) => sensor === serial);
      return {
        serial,
        statusCode: 3,
        activatedAtMs: first?.timeMs ?? null,
        estimatedEndAtMs: null,
        endedAtMs: null,
        ...life,
      };
    },
  } as unknown as Platform;
  let kept: PatientFigures | null = null;
  let days: { kept: KeptGlucose; version: number } | null = null;
  const parts: (typeof ada)[] = [];
  const noted: SensorFacts[] = [];
  const facts: (PatientStatus["facts"] | undefined)[] = [];
  const sensors: PatientStatus["sensor"][] = [];
  const bound = { serial: "P9", atMs: nowMs - dayMs };
  const patients = {
    openIdsOf: async () => [ada, ...parts].map(({ openId }) => openId),
    figuresOf: async () => new Map(kept ? [[ada.id, kept]] : []),
    keep: async (_: string, found: { figures?: PatientFigures; status?: PatientStatus }) => {
      kept = found.figures ?? kept;
      facts.push(found.status?.facts);
      sensors.push(found.status?.sensor ?? null);
    },
  } as unknown as PatientStore;
  const statuses = createStatusReader({
    patients,
    summaries: {
      get: async (_, key) => days && { ...days, kept: days.kept.key === key ? days.kept : null },
      put: async (_, own) => {
        days = { kept: own, version: 1 };
      },
    },
    sensors: {
      note: async (facts) => void noted.push(...facts),
      factsOf: async () => {
        const known = boundAskedAtMs !== null && noted.every(({ serial }) => serial !== "P9");
        return {
          bound: known ? { ...bound, askedAtMs: boundAskedAtMs } : null,
          recalledAtMs: null,
          recalledSerial: null,
          recallChangedAtMs: null,
        };
      },
    },
    limits: { read: async () => limitsAtFirst },
    platform,
    brief: createBriefCaches(),
    now: () => clockMs,
    steadyMs: () => clockMs,
    log: pino({ level: "silent" }),
  });
  return { statuses, asked, parts, noted, facts, sensors, later: (ms: number) => (clockMs += ms) };
}

test("somebody whose last reading is 40 days old is not waiting for a sensor: the reading and its age are shown", async () => {
  const old = readingsOf(Array<number>(480).fill(6), { startMs: nowMs - 41 * dayMs });
  const { statuses, asked, later } = readerOf(old, { P1: {} });
  expect(await statuses.summary(ada)).toMatchObject({
    stage: "reading",
    latest: { timeMs: old.at(-1)?.timeMs, valueMmolL: 6 },
    sensor: { serial: "P1" },
  });
  const first = asked.length;
  later(minuteMs);
  expect(await statuses.summary(ada)).toMatchObject({ stage: "reading", asOfMs: nowMs + minuteMs });
  // What lies so far back is not asked for again every minute.
  expect(asked.slice(first).every(([fromDays]) => fromDays <= 30)).toBe(true);
});

test("what was last read of a record that is taken out again is not said of the one it was a part of", async () => {
  const old = readingsOf(Array<number>(480).fill(6), { startMs: nowMs - 41 * dayMs });
  const { statuses, parts } = readerOf(old, { P1: {} }, "open-2");
  parts.push({ ...ada, id: "p2", openId: "open-2" });
  expect(await statuses.summary(ada)).toMatchObject({ stage: "reading", latest: { valueMmolL: 6 } });
  parts.length = 0;
  expect(await statuses.summary(ada)).toMatchObject({ stage: "waiting", latest: null });
});

test("somebody without a reading in 400 days is waiting for a sensor", async () => {
  const { statuses, asked } = readerOf([]);
  expect(await statuses.summary(ada)).toMatchObject({ stage: "waiting", latest: null });
  expect(Math.max(...asked.map(([fromDays]) => fromDays))).toBe(400);
});

test("the list's share of data counts the days on which a sensor was worn, of today and the thirteen before", async () => {
  const startMs = Date.UTC(2026, 10, 7);
  const worn = readingsOf(Array<number>(7 * 480).fill(6), { startMs: startMs - dayMs });
  const { statuses } = readerOf(worn, { P1: { endedAtMs: startMs + 6 * dayMs } });
  const ranges = await statuses.ranges(ada);
  expect(ranges).toMatchObject({ startMs, endMs: nowMs, n: 6 * 480, activeShare: 1 });
  expect(ranges.coveredShare).toBeCloseTo((6 * dayMs) / (nowMs - startMs), 9);
});

test("the row of somebody who wears two sensors tells the same one's value from minute to minute", async () => {
  const old = readingsOf(Array<number>(300).fill(8.4), { startMs: nowMs - 901 * minuteMs });
  const young = readingsOf(Array<number>(300).fill(5), {
    sensor: "P2",
    warmUp: true,
    startMs: nowMs - 899.5 * minuteMs,
  }).filter((_, i) => i > 290);
  const both = [...old, ...young].sort((a, b) => a.timeMs - b.timeMs);
  for (const length of [both.length, both.length - 1, both.length - 2])
    expect((await readerOf(both.slice(0, length)).statuses.summary(ada)).latest).toMatchObject({
      valueMmolL: 8.4,
      warmUp: false,
    });
});

test("when a sensor's times were off is kept from look to look", async () => {
  const before = readingsOf(Array<number>(200).fill(6), { startMs: nowMs - 2 * dayMs });
  const jumpMs = nowMs - 2 * dayMs + 200 * 3 * minuteMs + 40 * minuteMs;
  const after = readingsOf(Array<number>(700).fill(6), { startMs: jumpMs }).map((reading, i) => ({
    ...reading,
    packet: 201 + i,
  }));
  // Numbers that run on through a silence are none; here they have run ahead of the time as well.
  const off = after.map((reading) => ({ ...reading, packet: (reading.packet ?? 0) + 2 }));
  const { statuses, facts, later } = readerOf([...before, ...off], { P1: {} });
  await statuses.renew(ada);
  later(30 * minuteMs);
  await statuses.renew(ada);
  expect(facts.map((one) => one?.clockOffAtMs)).toEqual([jumpMs, jumpMs]);
  const fine = readerOf([...before, ...after], { P1: {} });
  await fine.statuses.renew(ada);
  expect(fine.facts).toMatchObject([{ clockOffAtMs: null }]);
});

test("a sensor that is bound is asked about once an hour, and is none any more where the platform says so", async () => {
  const readings = readingsOf(Array<number>(480).fill(6), { startMs: nowMs - dayMs });
  const lately = readerOf(readings, { P1: {}, P9: {} }, ada.openId, nowMs - 59 * minuteMs);
  await lately.statuses.renew(ada);
  expect(lately.facts).toMatchObject([{ bound: { serial: "P9", atMs: nowMs - dayMs } }]);
  const longAgo = readerOf(readings, { P1: {}, P9: {} }, ada.openId, nowMs - 61 * minuteMs);
  await longAgo.statuses.renew(ada);
  expect(longAgo.noted.map(({ serial }) => serial)).toContain("P9");
  expect(longAgo.facts).toMatchObject([{ bound: null }]);
});

test("a sensor whose state or date of binding contradicts its dates is in doubt in the list, at once and from look to look", async () => {
  const readings = readingsOf(Array<number>(480).fill(6), { startMs: nowMs - dayMs });
  const sound = { statusCode: 2, boundAtMs: nowMs - dayMs, estimatedEndAtMs: nowMs + dayMs };
  const doubts = async (life: Partial<PlatformDevice>) => {
    const { statuses, sensors, later } = readerOf(readings, { P1: { ...sound, ...life } });
    await statuses.renew(ada);
    later(minuteMs);
    await statuses.renew(ada);
    await statuses.summary(ada);
    return sensors.map((sensor) => sensor?.isInDoubt);
  };
  expect(await doubts({})).toEqual([undefined, undefined, undefined]);
  expect(await doubts({ boundAtMs: nowMs - dayMs / 2 })).toEqual([true, true, true]);
  expect(await doubts({ statusCode: 1 })).toEqual([true, true, true]);
});
