import { expect, test } from "vitest";
import { type ReadoutWords, readoutOf } from "#client/chart/readout.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { readingsOf } from "#test/support/readings.ts";

const words: ReadoutWords = {
  t: (key, values = {}) => [key, ...Object.values(values)].join(" "),
  language: "en",
  unit: "mmol/L",
  timeZone: "UTC",
  edges: edgesMmolL,
};

/** What is told of the last reading while the first one is marked. */
function compared(values: readonly number[], unit: ReadoutWords["unit"] = "mmol/L"): string | undefined {
  const readings = readingsOf(values);
  const [first, last] = [readings[0]?.timeMs ?? 0, readings.at(-1)?.timeMs ?? 0];
  const span = { startMs: first, endMs: last };
  const tree = { readings, days: [], episodes: [], gaps: [] };
  return readoutOf(
    { place: { level: "reading", timeMs: last }, pinnedMs: first },
    { tree, view: span, extent: span, nowMs: last },
    { ...words, unit },
  )?.details;
}

test("two readings that differ are told with their rate", () => {
  expect(compared([6, 6.3])).toContain("differenceWithRate 00:00 00:03 +0.3 mmol/L 3\u00a0minutes +0.100");
  expect(compared([6, 5.7])).toContain("differenceWithRate 00:00 00:03 −0.3 mmol/L 3\u00a0minutes −0.100");
});

test("a rate that rounds to nothing is left out, and a difference that does has no sign", () => {
  expect(compared([6, 6])).toMatch(/^difference 00:00 00:03 0\.0 mmol\/L 3\u00a0minutes/);
  expect(compared([6, ...Array<number>(400).fill(7), 5.9])).toMatch(/^difference .* −0\.1 mmol\/L /);
  expect(compared([6, ...Array<number>(400).fill(7), 5.98])).toMatch(/^difference .* 0\.0 mmol\/L /);
  expect(compared([6, 5.99], "mg/dL")).toMatch(/^differenceWithRate .* 0 mg\/dL 3\u00a0minutes −0\.1/);
});
