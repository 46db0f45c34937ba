import { expect, test } from "vitest";
import { scoreOf } from "#client/chart/score.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { gapsOf } from "#glucose/gaps.ts";
import { readingsOf } from "#test/support/readings.ts";

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 6);
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);
const score = (
  values: (number | null)[],
  change: { timeZone?: string; lengthS?: number; fromMs?: number } = {},
) => {
  const { timeZone = "UTC", lengthS = 60, fromMs = startMs } = change;
  const readings = readingsOf(values, { startMs: fromMs });
  const span = { startMs: fromMs, endMs: fromMs + values.length * 180_000 };
  return scoreOf(readings, gapsOf(readings, span, new Map()), span, { edges: edgesMmolL, timeZone, lengthS });
};

test("pitch is glucose, an octave for twice as much, with a timbre below and above the range", () => {
  const { notes } = score([...times(10, 3.5), ...times(10, 7), ...times(10, 14)]);
  const [low, middle, high] = ["below", "in", "above"].map((timbre) =>
    notes.find((note) => note.timbre === timbre),
  );
  expect((middle?.frequencyHz ?? 0) / (low?.frequencyHz ?? 0)).toBeCloseTo(2);
  expect((high?.frequencyHz ?? 0) / (middle?.frequencyHz ?? 0)).toBeCloseTo(2);
  expect(notes.at(-1)).toMatchObject({ timbre: "above" });
});

test("a gap is silent from its beginning to its end, and only there", () => {
  const { notes } = score([...times(20, 6), ...times(20, null), ...times(20, 6)]);
  const sounding = (atS: number) => notes.some((note) => note.atS <= atS && atS < note.atS + note.durationS);
  expect([10, 18, 22, 30, 38, 42, 59].map(sounding)).toEqual([true, true, false, false, false, true, true]);
});

test("where readings share a note, the lowest is the one that sounds", () => {
  const values = times(14 * 480, 6);
  values[3000] = 2.4;
  const { notes } = score(values, { lengthS: 12 });
  expect(notes.filter(({ timbre }) => timbre === "below")).toHaveLength(1);
  expect(notes.length).toBeLessThan(260);
});

test("six hours of the local clock are a tick, also on the day of 25 hours", () => {
  const fromMs = Date.UTC(2026, 9, 24, 22);
  const { ticksS } = score(times(25 * 20, 6), { timeZone: "Europe/Berlin", fromMs, lengthS: 25 });
  expect(ticksS.map((atS) => Math.round(atS))).toEqual([0, 7, 13, 19]);
  expect(score(times(480, 6), { lengthS: 24 }).ticksS.map(Math.round)).toEqual([0, 6, 12, 18]);
});

test("of ninety days only midnights tick, so that the ticks stay apart", () => {
  const { ticksS } = score(times((90 * 24 * hourMs) / 180_000, 6), { lengthS: 30 });
  expect(ticksS).toHaveLength(90);
});
