import fc from "fast-check";
import { expect, test } from "vitest";
import { thin } from "#glucose/thinning.ts";

const series = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 250 })), {
    minLength: 1,
    maxLength: 500,
  })
  .map((steps) => {
    let timeMs = 0;
    const timesMs = steps.map(([apart]) => {
      timeMs += apart;
      return timeMs;
    });
    return { timesMs, values: steps.map(([, tenths]) => tenths / 10) };
  });

test("every column keeps its first, lowest, highest and last reading", () => {
  fc.assert(
    fc.property(
      series,
      fc.integer({ min: 1, max: 60 }),
      fc.nat(500),
      fc.integer({ min: 1, max: 3000 }),
      (drawn, columns, startMs, lengthMs) => {
        const { timesMs, values } = drawn;
        const endMs = startMs + lengthMs;
        const isOnEdge = (timeMs: number) => ((timeMs - startMs) * columns) % lengthMs === 0;
        // Which side of an edge a reading right on it belongs to is rounding,
        // unless columns are of whole milliseconds.
        fc.pre(lengthMs % columns === 0 || !timesMs.some((timeMs) => timeMs > startMs && isOnEdge(timeMs)));
        const kept = new Set(thin(timesMs, values, startMs, endMs, columns));
        const byColumn = Map.groupBy(
          timesMs.flatMap((timeMs, i) => (timeMs >= startMs && timeMs <= endMs ? [i] : [])),
          (i) => Math.floor((((timesMs[i] ?? 0) - startMs) * columns) / lengthMs),
        );
        for (const indices of byColumn.values()) {
          const keptValues = indices.filter((i) => kept.has(i)).map((i) => values[i]);
          const all = indices.map((i) => values[i] ?? 0);
          expect(keptValues).toContain(Math.min(...all));
          expect(keptValues).toContain(Math.max(...all));
          expect(kept.has(indices[0] ?? -1)).toBe(true);
          expect(kept.has(indices.at(-1) ?? -1)).toBe(true);
        }
      },
    ),
  );
});

test("indices ascend, and one neighbour on each side lets the line run to the edge", () => {
  fc.assert(
    fc.property(
      series,
      fc.nat(3000),
      fc.integer({ min: 1, max: 3000 }),
      ({ timesMs, values }, startMs, lengthMs) => {
        const kept = thin(timesMs, values, startMs, startMs + lengthMs, 40);
        kept.forEach((index, i) => {
          expect(index).toBeGreaterThan(kept[i - 1] ?? -1);
        });
        const outside = kept.filter(
          (i) => (timesMs[i] ?? 0) < startMs || (timesMs[i] ?? 0) > startMs + lengthMs,
        );
        expect(outside.length).toBeLessThanOrEqual(2);
        const before = timesMs.findLastIndex((timeMs) => timeMs < startMs);
        if (before >= 0) expect(kept[0]).toBe(before);
      },
    ),
  );
});

test("43,200 readings on 1,200 pixels become at most 4,802", () => {
  const timesMs = Array.from({ length: 43_200 }, (_, i) => i * 180_000);
  const values = timesMs.map((_, i) => 8 + 4 * Math.sin(i / 50));
  expect(thin(timesMs, values, 0, 43_200 * 180_000, 1200).length).toBeLessThanOrEqual(4802);
});
