import { expect, test } from "vitest";
import { type GapCause, gapsOf, type SensorLife, unreadSince } from "#glucose/gaps.ts";
import { packetsLostAmong } from "#glucose/packets-lost.ts";
import type { Reading } from "#glucose/reading.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);
const at = (minutes: number) => startMs + minutes * minuteMs;
const lives = (entries: Record<string, Partial<SensorLife>> = {}) =>
  new Map(
    Object.entries(entries).map(([serial, life]) => [
      serial,
      { activatedAtMs: null, endedAtMs: null, ...life },
    ]),
  );
const told = (
  readings: readonly Reading[],
  endMin: number,
  of = lives({ P1: { activatedAtMs: at(-600) } }),
  fromMin = 0,
) =>
  gapsOf(readings, { startMs: at(fromMin), endMs: at(endMin) }, of).map(
    ({ fromMs, toMs, cause, packetsLost }) => [
      (fromMs - startMs) / minuteMs,
      (toMs - startMs) / minuteMs,
      cause,
      packetsLost,
    ],
  );
const run = (n: number, fromMin: number, packet: number | null, rest: Partial<Reading> = {}) =>
  readingsOf(Array(n).fill(6), { startMs: at(fromMin), ...rest }).map((reading, i) => ({
    ...reading,
    packet: packet === null ? null : packet + i,
  }));

test("a jump in the packet numbers is data lost between sensor and phone, counted", () => {
  const readings = [...run(20, 0, 1), ...run(20, 120, 41)];
  expect(told(readings, 180)).toEqual([[57, 120, "lost", 20]]);
});

test("packet numbers that run on say that the sensor itself sent nothing", () => {
  expect(told([...run(20, 0, 1), ...run(20, 120, 21)], 180)).toEqual([[57, 120, "not-measured", null]]);
});

test("without packet numbers the data does not tell", () => {
  expect(told([...run(20, 0, null), ...run(20, 120, null)], 180)).toEqual([[57, 120, "unknown", null]]);
});

test("between two sensors: until the old one ended nothing came, then nobody wore one, then the new one started", () => {
  const readings = [...run(20, 0, 1), ...run(20, 600, 1, { sensor: "P2" })];
  const of = lives({ P1: { activatedAtMs: at(-600), endedAtMs: at(120) }, P2: { activatedAtMs: at(540) } });
  expect(told(readings, 660, of)).toEqual([
    [57, 120, "not-uploaded", null],
    [120, 540, "no-sensor", null],
    [540, 600, "warm-up", null],
  ]);
});

test("a new sensor whose first packets never came lost them", () => {
  const readings = [...run(20, 0, 1), ...run(20, 600, 21, { sensor: "P2" })];
  const of = lives({ P1: { endedAtMs: at(57) }, P2: { activatedAtMs: at(540) } });
  expect(told(readings, 660, of)).toEqual([
    [57, 540, "no-sensor", null],
    [540, 600, "lost", 20],
  ]);
});

test("a sensor change whose dates are not known is only that", () => {
  const readings = [...run(20, 0, 1), ...run(20, 600, 1, { sensor: "P2" })];
  expect(told(readings, 660, lives())).toEqual([[57, 600, "sensor-change", null]]);
});

test("silence until now: not uploaded while the sensor is worn, no sensor after it ended, unknown without its dates", () => {
  const causes = (of: ReturnType<typeof lives>) => told(run(20, 0, 1), 300, of);
  expect(causes(lives({ P1: {} }))).toEqual([[57, 300, "not-uploaded", null]]);
  expect(causes(lives({ P1: { endedAtMs: at(60) } }))).toEqual([[57, 300, "no-sensor", null]]);
  expect(causes(lives())).toEqual([[57, 300, "unknown", null]]);
});

test("silence before the first reading: no sensor until it was activated", () => {
  const of = lives({ P1: { activatedAtMs: at(100) } });
  expect(told(run(20, 160, 1), 220, of)).toEqual([
    [0, 100, "no-sensor", null],
    [100, 160, "warm-up", null],
  ]);
  expect(told(run(20, 160, 500), 220)).toEqual([[0, 160, "unknown", null]]);
});

test("a period without any reading says nothing it does not know", () => {
  expect(told([], 300)).toEqual([[0, 300, "unknown", null]]);
});

test("warm-up records are readings and no gap", () => {
  expect(told([...run(20, 0, 1, { warmUp: true }), ...run(20, 60, 21)], 120)).toEqual([]);
});

test("fifteen minutes are no gap, more are; with a sensor of 15 minutes, more than 22.5", () => {
  expect(told([...run(20, 0, 1), ...run(20, 72, 25)], 132)).toEqual([]);
  expect(told([...run(20, 0, 1), ...run(20, 73, 25)], 133)).toHaveLength(1);
  const quarterly = readingsOf([...Array(12).fill(6), null, 6, 6], { spacingMin: 15 });
  expect(told(quarterly, 210)).toHaveLength(1);
  expect(told(readingsOf(Array(15).fill(6), { spacingMin: 15 }), 210)).toEqual([]);
});

test("what the platform could not be asked about is said to be unread, whatever else it might be", () => {
  const readings = [...run(20, 0, 1), ...run(20, 600, 201)];
  const causes = (unread: { startMs: number; endMs: number }[]): [number, number, GapCause][] =>
    gapsOf(readings, { startMs, endMs: at(660) }, lives(), unread).map(({ fromMs, toMs, cause }) => [
      (fromMs - startMs) / minuteMs,
      (toMs - startMs) / minuteMs,
      cause,
    ]);
  expect(causes([{ startMs: at(100), endMs: at(400) }])).toEqual([
    [57, 100, "lost"],
    [100, 400, "unread"],
    [400, 600, "lost"],
  ]);
});

test("packets are counted as lost in short pauses too, and not where the numbers begin again", () => {
  const oneInFour = run(40, 0, 1).filter((_, i) => i % 4 !== 1);
  expect(gapsOf(oneInFour, { startMs: at(0), endMs: at(120) }, lives())).toEqual([]);
  expect(packetsLostAmong(oneInFour)).toBe(10);
  expect(packetsLostAmong([...run(10, 0, 90), ...run(10, 30, 1), ...run(5, 60, null)])).toBe(0);
  expect(packetsLostAmong([])).toBe(0);
});

test("readings of another sensor fill a gap", () => {
  const a = [...run(20, 0, 1), ...run(20, 120, 41)];
  expect(told(a, 180)).toHaveLength(1);
  const both = [...a, ...run(40, 55, 1, { sensor: "P2" })].sort((x, y) => x.timeMs - y.timeMs);
  expect(told(both, 180, lives({ P1: { activatedAtMs: at(-600) } }))).toEqual([]);
});

test("a slow sensor's readings are no gap beside a fast one's, before it or after it", () => {
  const slow = readingsOf(Array(20).fill(6), { spacingMin: 15, sensor: "P2", startMs: at(60) });
  const jittered = slow.map((reading, i) => ({
    ...reading,
    timeMs: reading.timeMs + ((i * 7) % 3) * 20_000,
  }));
  expect(told([...run(20, 0, 1), ...jittered], 350)).toEqual([]);
  const fastLater = run(20, 400, 100);
  const all = [...run(20, 0, 1), ...jittered, ...fastLater].sort((x, y) => x.timeMs - y.timeMs);
  expect(told(all, 460).map(([, , cause]) => cause)).toEqual(["lost"]);
});

test("records that arrived and could not be read are said to be that, and are not lost", () => {
  const readings = [...run(20, 0, 1), ...run(20, 81, 28)];
  const unreadable = Array.from({ length: 7 }, (_, i) => ({
    timeMs: at(60 + i * 3),
    sensor: "P1",
    packet: 21 + i,
  }));
  const [gap, ...rest] = gapsOf(readings, { startMs, endMs: at(141) }, lives(), [], unreadable);
  expect(rest).toEqual([]);
  expect(gap).toMatchObject({ cause: "unreadable", packetsLost: null, recordsUnreadable: 7 });
  expect(packetsLostAmong(readings, unreadable)).toBe(0);
  const some = gapsOf(readings, { startMs, endMs: at(141) }, lives(), [], unreadable.slice(0, 2));
  expect(some).toMatchObject([{ cause: "lost", packetsLost: 5, recordsUnreadable: 2 }]);
});

test("time that has not been asked about is said to be just that", () => {
  const unasked = [{ startMs: at(60), endMs: at(300), cause: "not-asked" as const }];
  const causes = gapsOf(run(20, 0, 1), { startMs, endMs: at(300) }, lives({ P1: {} }), unasked);
  expect(causes.map(({ cause }) => cause)).toContain("not-asked");
  expect(causes.every(({ cause, toMs }) => cause === "not-asked" || toMs <= at(60))).toBe(true);
});

test("time since the last read is unread at once where the platform cannot be read, else not asked after a gap's length", () => {
  const since = (minutes: number) => ({ startMs, endMs: at(minutes) });
  expect(unreadSince(since(15), false)).toEqual([]);
  expect(unreadSince(since(16), false)).toEqual([{ ...since(16), cause: "not-asked" }]);
  expect(unreadSince(since(1), true)).toEqual([{ ...since(1), cause: "unread" }]);
  expect(unreadSince(since(-5), true)).toEqual([]);
});

test("time that the page has not asked about yet is called that, and not unsent", () => {
  const startMs = Date.UTC(2026, 10, 6);
  const readings = readingsOf(Array<number>(20).fill(6), { startMs });
  const endMs = startMs + 3 * 3_600_000;
  const asOfMs = startMs + 3_600_000;
  const lives = new Map([["P1", { activatedAtMs: startMs, endedAtMs: null }]]);
  const found = gapsOf(readings, { startMs, endMs }, lives, [{ startMs: asOfMs, endMs, cause: "not-asked" }]);
  expect(found.at(-1)).toEqual({
    fromMs: asOfMs,
    toMs: endMs,
    cause: "not-asked",
    packetsLost: null,
    recordsUnreadable: 0,
  });
});

test("of a period without any reading the last sensor's end tells that none was worn", () => {
  expect(told([], 600, lives({ P1: { endedAtMs: at(-60) } }))).toEqual([[0, 600, "no-sensor", null]]);
  expect(told([], 600, lives({ P1: { endedAtMs: at(120) } }))).toEqual([
    [0, 120, "unknown", null],
    [120, 600, "no-sensor", null],
  ]);
  expect(told([], 600, lives({ P1: {} }))).toEqual([[0, 600, "unknown", null]]);
  expect(told([], 600, lives())).toEqual([[0, 600, "unknown", null]]);
});
