import { expect, test } from "vitest";
import { partOf, readingsOf, seriesOf, wholeOf } from "#glucose/reading-series.ts";
import { readAccounts } from "#proxy/platform/accounts.ts";
import { readingsOf as listOf } from "#test/support/readings.ts";

const startMs = Date.UTC(2026, 10, 6);
const hourMs = 3_600_000;
const before = listOf([5, 6], { startMs, sensor: "P1" });
const after = listOf([7, 8], { startMs: startMs + hourMs, sensor: "P2" });

/** Whose reads are fresh: the same series again. */
function createPlatform() {
  const series = new Map([
    ["old", seriesOf(before)],
    ["new", seriesOf(after)],
  ]);
  return {
    userReadings: async (openId: string, fromMs: number, toMs: number) => ({
      ...partOf(wholeOf(series.get(openId) ?? seriesOf([])), fromMs, toMs),
      leftOut: { malformed: 1, duplicates: 0, contradicting: 0 },
      unreadable: [],
      unread: [],
      asOfMs: openId === "old" ? 1 : 2,
      stale: null,
    }),
  };
}

test("a person's accounts are one series, the same one for all who ask while the reads are fresh", async () => {
  const platform = createPlatform();
  const read = (endMs: number) => readAccounts(platform, ["new", "old"], startMs, endMs);
  const first = await read(startMs + 2 * hourMs);
  expect(readingsOf(first.series, first.from, first.to)).toEqual([...before, ...after]);
  expect(first).toMatchObject({ asOfMs: 1, leftOut: { malformed: 2 } });
  expect((await read(startMs + 3 * hourMs)).series).toBe(first.series);
  const shorter = await read(startMs + hourMs + 1);
  expect(readingsOf(shorter.series)).toEqual([...before, after[0]]);
});

test("one account's series stays what it is", async () => {
  const platform = createPlatform();
  const asked = ["old", startMs, startMs + 1] as const;
  const [own, read] = [
    await platform.userReadings(...asked),
    await readAccounts(platform, ["old"], asked[1], asked[2]),
  ];
  expect(read).toEqual(own);
  expect(read.series).toBe(own.series);
});
