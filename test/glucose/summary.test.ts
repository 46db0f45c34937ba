import fc from "fast-check";
import { expect, test } from "vitest";
import { type Band, edgesMmolL } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import { mergeReadings } from "#glucose/series.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { summariesOf } from "#glucose/summary.ts";
import { joinSummaries, statisticsOfSummary } from "#glucose/summary-statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import { dayMs, hourMs, minuteMs } from "#glucose/time.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = Date.UTC(2026, 10, 2);
const period = { startMs, endMs: startMs + 4 * dayMs };

/** One sensor's stretch of readings: lost ones, jitter, warm-up and impossible values among them. */
const stretch = fc.record({
  sensor: fc.constantFrom("A", "B", "C"),
  fromMin: fc.integer({ min: 0, max: 4 * 1440 }),
  count: fc.integer({ min: 0, max: 300 }),
  spacingMin: fc.constantFrom(1, 3, 5, 15),
  hasPackets: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
});

type Stretch = typeof stretch extends fc.Arbitrary<infer One> ? One : never;

function readingsFrom(stretches: readonly Stretch[]) {
  const readings: Reading[] = [];
  for (const { sensor, fromMin, count, spacingMin, hasPackets, seed } of stretches) {
    let state = seed;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    for (let index = 0; index < count; index += 1) {
      if (random() < 0.1) continue;
      const timeMs = startMs + (fromMin + index * spacingMin) * minuteMs + Math.round(random() * 20_000);
      if (timeMs >= period.endMs) break;
      readings.push({
        timeMs,
        valueMmolL: Math.round((1 + random() ** 2 * 33) * 10) / 10,
        trend: 1,
        warmUp: index < 5 && random() < 0.5,
        sensor,
        packet: hasPackets ? fromMin * 10 + index + 1 : null,
        uploadDelayMin: 2,
      });
    }
  }
  return mergeReadings(readings);
}

const cases = fc.record({
  stretches: fc.array(stretch, { maxLength: 6 }),
  cuts: fc.array(fc.integer({ min: 1, max: 4 * 24 - 1 }), { maxLength: 12 }),
  targets: fc.constantFrom(
    "most-adults" as const,
    "pregnancy" as const,
    { low: 4.2, high: 8.3 },
    { low: 3, high: 13.9 },
  ),
});

const lives = new Map([
  ["A", { activatedAtMs: startMs + hourMs, endedAtMs: startMs + 3 * dayMs }],
  ["B", { activatedAtMs: null, endedAtMs: null, estimatedEndAtMs: startMs + 2 * dayMs }],
]);

const spansBetween = (hours: readonly number[]) => {
  const edges = [...new Set([0, ...hours, 4 * 24])].sort((a, b) => a - b);
  return edges.slice(1).map((hour, index) => ({
    startMs: startMs + (edges[index] ?? 0) * hourMs,
    endMs: startMs + hour * hourMs,
  }));
};

test("readings that are all alike have no spread, and one of them a tenth off has", () => {
  for (const [values, sd] of [
    [Array.from({ length: 1900 }, () => 12.3), 0],
    [Array.from({ length: 1900 }, (_, i) => (i === 17 ? 12.4 : 12.3)), 0.1 / Math.sqrt(1900)],
  ] as const) {
    const readings = readingsOf([...values], { startMs: period.startMs });
    const whole = summariesOf(readings, [period], edgesMmolL, { lives }).reduce(joinSummaries);
    expect(statisticsOfSummary(whole, edgesMmolL, edgesMmolL, lives).sdMmolL).toBeCloseTo(sd, 7);
  }
});

test("statistics put together from any parts of a period are those of its readings", () => {
  fc.assert(
    fc.property(cases, ({ stretches, cuts, targets }) => {
      const readings = readingsFrom(stretches);
      const { edges } = targetsFor(targets);
      const parts = summariesOf(readings, spansBetween(cuts), edges, { lives });
      // Written down and read again, as they are kept.
      const whole = parts.reduce(joinSummaries);
      for (const judged of [edges, edgesMmolL]) {
        const composed = statisticsOfSummary(whole, edges, judged, lives);
        const raw = statisticsOf(readings, period, judged, lives);
        expect(Object.keys(composed)).toEqual(Object.keys(raw));
        for (const [name, value] of Object.entries(raw)) {
          const own = composed[name as keyof typeof raw];
          if (typeof value === "number") expect(own).toBeCloseTo(value, name === "sdMmolL" ? 6 : 9);
          else if (name !== "timeIn" || value === null) expect(own).toEqual(value);
        }
        for (const [band, share] of Object.entries(raw.timeIn ?? {}))
          expect(composed.timeIn?.[band as Band]).toBeCloseTo(share, 9);
      }
    }),
    { numRuns: 300 },
  );
});
