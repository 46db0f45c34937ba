import { expect, test } from "vitest";
import type { Gap } from "#glucose/gaps.ts";
import { clippedValues, gapAreas, type LabelWords, timeGrid } from "#report/chart/curve-labels.ts";
import type { Plot } from "#report/chart/plot.ts";

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 6);
const words: LabelWords = { t: (key) => key, language: "en", unit: "mmol/L", timeZone: "UTC" };
const plotOf = (textScale: number): Plot => ({
  x: 42 * textScale,
  y: 22 * textScale,
  width: 280,
  height: 300,
  startMs,
  endMs: startMs + 24 * hourMs,
  textScale,
});
const spacesOf = (xs: readonly number[]) => xs.slice(1).map((x, i) => x - (xs[i] ?? 0));

test("text one and a half times its usual size has fewer times below the plot, as far apart as they need", () => {
  const [usual, large] = [1, 1.5].map((scale) => timeGrid(plotOf(scale), words).texts);
  expect(usual?.map(({ text }) => text)).toEqual(["6 Nov", "06:00", "12:00", "18:00"]);
  expect(large?.map(({ text }) => text)).toEqual(["6 Nov", "12:00"]);
  expect(Math.min(...spacesOf(large?.map(({ x }) => x) ?? []))).toBeGreaterThanOrEqual(62 * 1.5);
  expect([usual?.[0]?.y, large?.[0]?.y]).toEqual([22 + 300 + 18, 33 + 300 + 27]);
});

test("of 90 days in large type on a phone, dates are as far apart as they need", () => {
  const { texts } = timeGrid({ ...plotOf(1.5), width: 210, endMs: startMs + 90 * 24 * hourMs }, words);
  expect(texts.map(({ text }) => text)).toHaveLength(2);
  expect(Math.min(...spacesOf(texts.map(({ x }) => x)))).toBeGreaterThanOrEqual(62 * 1.5);
});

test("a gap is named where the larger words fit, in two lines that do not touch", () => {
  const [fromMs, toMs] = [startMs + 2 * hourMs, startMs + 11 * hourMs];
  const gap: Gap = { fromMs, toMs, cause: "no-sensor", packetsLost: null, recordsUnreadable: 0 };
  expect(gapAreas([gap], plotOf(1), words).texts).toHaveLength(2);
  expect(gapAreas([gap], plotOf(1.5), words).texts).toEqual([]);
  const wide = { ...gap, toMs: startMs + 20 * hourMs };
  const [first, second] = gapAreas([wide], plotOf(1.5), words).texts;
  expect((second?.y ?? 0) - (first?.y ?? 0)).toBeGreaterThanOrEqual(1.25 * 12 * 1.5);
});

test("values above the axis keep the room that their larger letters need", () => {
  const clipped = { clippedX: [100, 140, 200], clippedMmolL: [22, 23, 24] };
  const at = (scale: number) => clippedValues(clipped, plotOf(scale), words).texts.map(({ x }) => x);
  expect(at(1)).toEqual([100, 140, 200]);
  expect(Math.min(...spacesOf(at(1.5)))).toBeGreaterThanOrEqual(36 * 1.5);
});
