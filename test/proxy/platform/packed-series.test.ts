import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "#glucose/reading.ts";
import { readingsOf, seriesOf } from "#glucose/reading-series.ts";
import { packSeries, unpackSeries } from "#proxy/platform/packed-series.ts";

const reading = (valueMmolL: fc.Arbitrary<number>) =>
  fc.record({
    timeMs: fc.oneof(fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }), fc.nat(9)),
    valueMmolL,
    trend: fc.constantFrom(null, 0, 1, 20, 1000, -1000),
    warmUp: fc.boolean(),
    sensor: fc.constantFrom("P1", "P2"),
    packet: fc.option(fc.nat(1_500_000)),
    uploadDelayMin: fc.option(fc.nat(600_000)),
  }) satisfies fc.Arbitrary<Reading>;
const tenths = fc.integer({ min: -10_000, max: 10_000 }).map((value) => value / 10);
const any = fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => value + 0);

test("a series comes back from packing as it was, whatever its values are", () => {
  for (const values of [tenths, any])
    fc.assert(
      fc.property(fc.array(reading(values), { maxLength: 200 }), (readings) => {
        expect(readingsOf(unpackSeries(packSeries(seriesOf(readings))))).toEqual(readings);
      }),
    );
});

test("packed readings take some two or three bytes each", () => {
  const readings = Array.from({ length: 6720 }, (_, i) => ({
    timeMs: 1_700_000_000_000 + i * 180_000 + ((i * 7919) % 2000),
    valueMmolL: (60 + ((i * 31) % 50)) / 10,
    trend: [1, 5, 10][i % 3] ?? 1,
    warmUp: false,
    sensor: "P1",
    packet: i,
    uploadDelayMin: i % 5,
  }));
  expect(packSeries(seriesOf(readings)).bytes.byteLength).toBeLessThan(6720 * 3);
});
