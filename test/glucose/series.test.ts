import fc from "fast-check";
import { expect, test } from "vitest";
import { findGaps, followsGap, inWindow, mergeReadings } from "#glucose/series.ts";
import { gapThresholdMs, spacingMs } from "#glucose/spacing.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);

test("merging puts readings in order and keeps each measurement once, as it first arrived", () => {
  const original = readingsOf([5, 6, 7]);
  const again = readingsOf([5, 6, 7, 8], { uploadDelayMin: 900 });
  const merged = mergeReadings(again.toReversed(), original);
  expect(merged).toEqual([...original, again[3]]);
});

test("two sensors measuring at the same moment are two readings", () => {
  const a = readingsOf([5, 6]);
  const b = readingsOf([5.5, 6.5], { sensor: "P2" });
  expect(mergeReadings(a, b, a)).toHaveLength(4);
});

test("merging again changes nothing, and nothing is lost", () => {
  const arbitrary = fc.array(
    fc.record({ slot: fc.nat(50), sensor: fc.constantFrom("P1", "P2"), delay: fc.option(fc.nat(99)) }),
  );
  fc.assert(
    fc.property(arbitrary, (drawn) => {
      const readings = drawn.flatMap(({ slot, sensor, delay }) =>
        readingsOf([6], { startMs: startMs + slot * 3 * minuteMs, sensor, uploadDelayMin: delay }),
      );
      const merged = mergeReadings(readings);
      expect(mergeReadings(merged, readings)).toEqual(merged);
      expect(merged).toHaveLength(new Set(drawn.map(({ slot, sensor }) => `${slot} ${sensor}`)).size);
    }),
  );
});

test.each([3, 5, 15])("a %i minute sensor tells its spacing through jitter, gaps and drift", (spacingMin) => {
  const readings = readingsOf(Array<number>(100).fill(6), { spacingMin })
    .map((reading, i) => ({ ...reading, timeMs: reading.timeMs + ((i * 7919) % 11) * 1000 }))
    .filter((_, i) => i % 10 !== 3 && (i < 40 || i > 60));
  expect(spacingMs(readings)).toBe(spacingMin * minuteMs);
});

test("too few readings to tell count as three minutes apart", () => {
  expect(spacingMs([])).toBe(3 * minuteMs);
  expect(spacingMs(readingsOf([5, 6, 7], { spacingMin: 15 }))).toBe(3 * minuteMs);
});

test("two sensors worn in turn do not halve the spacing", () => {
  const a = readingsOf(Array<number>(50).fill(6));
  const b = readingsOf(Array<number>(50).fill(6), { sensor: "P2", startMs: startMs + 90_000 });
  expect(spacingMs(mergeReadings(a, b))).toBe(3 * minuteMs);
});

test("a gap is more than 15 minutes; for a sensor that reports every 15, more than 22.5", () => {
  expect(gapThresholdMs(3 * minuteMs)).toBe(15 * minuteMs);
  expect(gapThresholdMs(15 * minuteMs)).toBe(22.5 * minuteMs);
  const quarterHourly = readingsOf([...Array<number>(20).fill(6), null, 6], { spacingMin: 15 });
  expect(findGaps(quarterHourly)).toEqual([
    { fromMs: startMs + 19 * 15 * minuteMs, toMs: startMs + 21 * 15 * minuteMs },
  ]);
});

test("readings of another sensor fill a gap", () => {
  const a = readingsOf([...Array<number>(10).fill(6), ...Array<null>(10).fill(null), 6]);
  const b = readingsOf(Array<number>(10).fill(7), { sensor: "P2", startMs: startMs + 10 * 3 * minuteMs });
  expect(findGaps(a)).toHaveLength(1);
  expect(findGaps(mergeReadings(a, b))).toEqual([]);
});

test("a window holds its start and not its end", () => {
  const readings = readingsOf([5, 6, 7]);
  const inside = inWindow(readings, startMs, startMs + 6 * minuteMs);
  expect(inside.map(({ valueMmolL }) => valueMmolL)).toEqual([5, 6]);
});

test("the last reading follows a gap when it stands alone or comes more than 15 minutes after the one before", () => {
  const steady = readingsOf([6, 6, 6]);
  const late = { ...steady[0], timeMs: startMs + 6 * minuteMs + 16 * minuteMs } as (typeof steady)[number];
  expect([followsGap([]), followsGap(steady.slice(0, 1)), followsGap(steady)]).toEqual([true, true, false]);
  expect(followsGap([...steady, late])).toBe(true);
});
