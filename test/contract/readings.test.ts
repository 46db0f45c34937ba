import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf, toReadings } from "#contract/reading-columns.ts";
import { readingsResponse } from "#contract/readings.ts";
import type { Reading } from "#glucose/reading.ts";
import { seriesOf } from "#glucose/reading-series.ts";

const reading = fc.record({
  timeMs: fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
  valueMmolL: fc.integer({ min: 1, max: 300 }).map((tenths) => tenths / 10),
  trend: fc.constantFrom(0, 1, 5, 10, 15, 20, 99),
  warmUp: fc.boolean(),
  sensor: fc.constantFrom("P1", "P2"),
  packet: fc.option(fc.integer({ min: 0, max: 10_000 })),
  uploadDelayMin: fc.option(fc.integer({ min: 0, max: 5_000 })),
}) satisfies fc.Arbitrary<Reading>;

test("readings come back from columns exactly as they went in", () => {
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 60 }), (readings) => {
      const wire = JSON.parse(JSON.stringify(columnsOf(seriesOf(readings)))) as unknown;
      expect(toReadings(readingsResponse.shape.readings.parse(wire))).toEqual(readings);
    }),
  );
});

test("times travel as the first one and the steps after it, a sensor's serial once", () => {
  const at = (timeMs: number, packet: number | null): Reading => ({
    timeMs,
    valueMmolL: 6.3,
    trend: 1,
    warmUp: false,
    sensor: "P1",
    packet,
    uploadDelayMin: 0,
  });
  const columns = columnsOf(seriesOf([at(1000, 7), at(181_000, null), at(361_000, 9)]));
  expect(columns.timeMs).toEqual([1000, 180_000, 180_000]);
  expect(columns.packet).toEqual([7, null, 2]);
  expect(columns.sensors).toEqual([{ serial: "P1", count: 3 }]);
});

test("columns of different lengths are refused instead of being read as something else", () => {
  const columns = columnsOf(seriesOf([]));
  expect(() => toReadings({ ...columns, valueMmolL: [6.3] })).toThrow("differ in length");
});
