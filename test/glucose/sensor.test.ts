import { expect, test } from "vitest";
import { sensorClockOf } from "#glucose/sensor-clock.ts";
import { uploadDelayOf } from "#glucose/uploads.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const steady = readingsOf(Array(100).fill(6));
const moved = (from: number, byMs: number) =>
  steady.map((reading, i) => (i < from ? reading : { ...reading, timeMs: reading.timeMs + byMs }));

test("the upload delay is its median, the lower of two, and its worst; none when no record says", () => {
  const delays = [0, 400, 2, 4].flatMap((uploadDelayMin) => readingsOf([6], { uploadDelayMin }));
  expect(uploadDelayOf(delays)).toEqual({ medianMin: 2, worstMin: 400 });
  expect(uploadDelayOf(readingsOf([6, 6], { uploadDelayMin: null }))).toBeNull();
});

test("a clock that keeps step with its packets has no drift and no jump", () => {
  expect(sensorClockOf(steady)).toEqual({ driftMin: 0, jumps: [] });
});

test("lost packets are no drift: their numbers are missing too", () => {
  expect(sensorClockOf(steady.filter((_, i) => i < 40 || i > 60))).toEqual({ driftMin: 0, jumps: [] });
});

test("small slips add up to drift", () => {
  const slipping = steady.map((reading, i) => ({ ...reading, timeMs: reading.timeMs + i * 6000 }));
  expect(sensorClockOf(slipping)?.driftMin).toBe(10);
});

test("a step of more than five minutes is a jump, one of five is drift", () => {
  expect(sensorClockOf(moved(50, 5 * minuteMs))).toEqual({ driftMin: 5, jumps: [] });
  expect(sensorClockOf(moved(50, 7 * minuteMs))).toEqual({
    driftMin: 0,
    jumps: [{ atMs: (steady[50]?.timeMs ?? 0) + 7 * minuteMs, kind: "time", byMin: 7 }],
  });
});

test("an hour in which the numbers run on is the sensor's silence and no jump of its clock", () => {
  expect(sensorClockOf(moved(50, 60 * minuteMs))).toEqual({ driftMin: 0, jumps: [] });
});

test("packet numbers that begin again are a restart", () => {
  const restarted = steady.map((reading, i) => (i < 50 ? reading : { ...reading, packet: i - 49 }));
  expect(sensorClockOf(restarted)?.jumps).toEqual([{ atMs: steady[50]?.timeMs, kind: "restart", byMin: 0 }]);
});

test("too few numbered packets cannot tell", () => {
  expect(sensorClockOf(readingsOf(Array(100).fill(6), { packet: null }))).toBeNull();
});
