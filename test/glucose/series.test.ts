import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "#glucose/reading.ts";
import { followsGap, inWindow, mergeReadings, settleReadings } from "#glucose/series.ts";
import { gapThresholdMs, spacingOf, spacingsOf } from "#glucose/spacing.ts";
import { readingsOf } from "#test/support/readings.ts";

const minuteMs = 60_000;
const spacingMs = (readings: readonly Reading[]) => spacingOf(spacingsOf(readings), "P1");
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
        readingsOf([6], {
          startMs: startMs + slot * 3 * minuteMs,
          sensor,
          packet: slot,
          uploadDelayMin: delay,
        }),
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
});

test("lost packets make a sensor no slower, and eight readings tell fifteen minutes", () => {
  const half = readingsOf(Array<number>(40).fill(6)).filter((_, i) => i % 2 === 0);
  const two = readingsOf(Array<number>(60).fill(6)).filter((_, i) => i % 3 === 0);
  expect([spacingMs(half), spacingMs(two)]).toEqual([3 * minuteMs, 3 * minuteMs]);
  expect(spacingMs(readingsOf(Array<number>(8).fill(6), { spacingMin: 15 }))).toBe(15 * minuteMs);
});

test("without packet numbers the time between neighbours tells, and each sensor for itself", () => {
  const slow = readingsOf(Array<number>(20).fill(6), { spacingMin: 15, packet: null });
  const fast = readingsOf(Array<number>(20).fill(6), { sensor: "P2", packet: null });
  const spacings = spacingsOf(mergeReadings(slow, fast));
  expect([spacingOf(spacings, "P1"), spacingOf(spacings, "P2")]).toEqual([15 * minuteMs, 3 * minuteMs]);
});

/** One record of a packet, received so many seconds after it was measured. */
const sent = (valueMmolL: number, afterS: number | null, rest: Partial<Reading> = {}): Reading =>
  ({
    ...readingsOf([valueMmolL])[0],
    uploadDelayMin: afterS === null ? null : afterS / 60,
    ...rest,
  }) as Reading;

test("a value sent again is a correction when it came later, in whatever order the platform tells it", () => {
  const [old, corrected] = [sent(6, 4), sent(7, 30)];
  for (const records of [
    [old, corrected],
    [corrected, old],
  ])
    expect(settleReadings(records)).toMatchObject({
      readings: [{ valueMmolL: 7 }],
      duplicates: 1,
      contradicting: 0,
    });
});

test("values of one packet and one arrival contradict each other: neither counts, and they are counted", () => {
  for (const records of [
    [sent(6, 4), sent(3, 4)],
    [sent(3, 4), sent(6, 4)],
    [sent(6, null), sent(3, null)],
  ])
    expect(settleReadings(records)).toEqual({ readings: [], duplicates: 0, contradicting: 2 });
  // A third that came later settles it.
  expect(settleReadings([sent(6, 4), sent(3, 4), sent(3, 90)]).readings).toMatchObject([{ valueMmolL: 3 }]);
});

test("a packet sent again with a time some seconds off is one measurement; numbers that began again are another", () => {
  const again = sent(6, 60, { timeMs: startMs + 20_000 });
  expect(settleReadings([sent(6, 4), again])).toMatchObject({
    readings: [{ timeMs: startMs }],
    duplicates: 1,
  });
  const restarted = sent(6, 4, { timeMs: startMs + 40 * minuteMs });
  expect(settleReadings([sent(6, 4), restarted]).readings).toHaveLength(2);
});

test("without packet numbers a minute is one measurement", () => {
  const of = (seconds: number) => sent(6, 4, { packet: null, timeMs: startMs + seconds * 1000 });
  expect(settleReadings([of(1), of(50)]).readings).toHaveLength(1);
  expect(settleReadings([of(1), of(61)]).readings).toHaveLength(2);
});

test("a hundred thousand records of one moment are settled in one walk", () => {
  const records = Array.from({ length: 100_000 }, (_, i) => sent(6, 4, { sensor: `P${i % 2}` }));
  expect(settleReadings(records)).toMatchObject({ duplicates: 99_998, contradicting: 0 });
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
