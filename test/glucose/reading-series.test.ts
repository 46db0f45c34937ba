import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "#glucose/reading.ts";
import { isSettled, joinSeries, partOf, readingsOf, seriesOf, wholeOf } from "#glucose/reading-series.ts";
import { inWindow, settleReadings } from "#glucose/series.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);

const reading = fc.record({
  timeMs: fc
    .tuple(fc.nat(60), fc.constantFrom(0, 0, 1, 30_000))
    .map(([minutes, ms]) => startMs + minutes * minuteMs + ms),
  valueMmolL: fc.constantFrom(5, 6.1, 40),
  trend: fc.constantFrom(1, null, -1000),
  warmUp: fc.boolean(),
  sensor: fc.constantFrom("P1", "P1", "P2"),
  packet: fc.option(fc.nat(30)),
  uploadDelayMin: fc.option(fc.nat(3)),
}) satisfies fc.Arbitrary<Reading>;
const inOrder = (readings: Reading[]) => readings.toSorted((a, b) => a.timeMs - b.timeMs);
/** Often one of a kind that needs no settling. */
const readings = fc.oneof(
  fc.array(reading, { maxLength: 12 }),
  fc.array(reading, { maxLength: 12 }).map((list) => settleReadings(list).readings),
);

test("readings come back from a series, whole or in part, as they went in", () => {
  fc.assert(
    fc.property(readings.map(inOrder), fc.nat(70), fc.nat(70), (list, from, to) => {
      const series = seriesOf(list);
      expect(readingsOf(series)).toEqual(list);
      const [fromMs, toMs] = [startMs + from * minuteMs, startMs + to * minuteMs];
      const part = partOf(wholeOf(series), fromMs, toMs);
      expect(readingsOf(part.series, part.from, part.to)).toEqual(inWindow(list, fromMs, toMs));
    }),
  );
});

test("what is called settled is what settling leaves as it is", () => {
  let settled = 0;
  fc.assert(
    fc.property(readings.map(inOrder), (list) => {
      if (!isSettled(seriesOf(list))) return;
      settled += list.length > 1 ? 1 : 0;
      expect(settleReadings(list)).toEqual({ readings: list, duplicates: 0, contradicting: 0 });
    }),
    { numRuns: 2000 },
  );
  expect(settled).toBeGreaterThan(100);
});

test("numbers that begin again, as a sensor's do that is started anew, need no settling", () => {
  const list = Array.from({ length: 20 }, (_, i) => ({
    timeMs: startMs + i * 3 * minuteMs,
    valueMmolL: 5,
    trend: null,
    warmUp: false,
    sensor: "P1",
    packet: i % 10,
    uploadDelayMin: null,
  }));
  expect(isSettled(seriesOf(list))).toBe(true);
  expect(isSettled(seriesOf(list.map((one) => ({ ...one, packet: one.packet % 5 }))))).toBe(false);
});

test("series are joined as their readings are settled, in whatever order they come", () => {
  fc.assert(
    fc.property(fc.array(readings.map(inOrder), { maxLength: 4 }), (lists) => {
      const { readings: all, contradicting } = settleReadings(...lists);
      const found = joinSeries(lists.map((list) => wholeOf(seriesOf(list))));
      expect({ ...found, series: readingsOf(found.series) }).toEqual({ series: all, contradicting });
    }),
    { numRuns: 2000 },
  );
});

test("90 days of one sensor after the other take little more than a megabyte, and joining one series makes no other", () => {
  const list = Array.from({ length: 43_200 }, (_, i) => ({
    timeMs: startMs + i * 3 * minuteMs,
    valueMmolL: 4 + ((i * 7) % 90) / 10,
    trend: 1,
    warmUp: false,
    sensor: `P${Math.floor(i / 7000)}`,
    packet: i % 7000,
    uploadDelayMin: 1,
  }));
  const series = seriesOf(list);
  expect(series.timeMs.buffer.byteLength).toBeLessThan(1_300_000);
  expect(joinSeries([wholeOf(series)]).series).toBe(series);
});
