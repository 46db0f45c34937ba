import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { seriesOf, wholeOf } from "#glucose/reading-series.ts";
import { createKeptReads } from "#proxy/platform/kept-reads.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = 1_700_000_000_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

function createShelf(atMostBytes?: number) {
  let nowMs = startMs;
  const kept = createKeptReads({ steadyMs: () => nowMs }, atMostBytes);
  const rest = {
    leftOut: { malformed: 2, duplicates: 1, contradicting: 0 },
    unreadable: [],
    unread: [],
    stale: null,
  };
  return {
    kept,
    advance: (ms: number) => {
      nowMs += ms;
    },
    lastDay: () => ({ startMs: nowMs - dayMs, endMs: nowMs }),
    /** A read of the day up to now, with a reading at its beginning and so many in all. */
    keepDay: async (subject: string, count = 480) => {
      const range = { startMs: nowMs - dayMs, endMs: nowMs };
      const values = Array.from({ length: count }, (_, i) => 4 + ((i * 7) % 90) / 10);
      const readings = readingsOf(values, { startMs: range.startMs });
      kept.keep(subject, range, { ...rest, ...wholeOf(seriesOf(readings)), asOfMs: nowMs }, nowMs);
      // Another turn, in which what has to give way is packed.
      await nextTurn();
      return readings;
    },
  };
}

test("what was read comes back as it was, with when, and the time since then as unread", async () => {
  const { kept, keepDay, advance, lastDay } = createShelf();
  const readings = await keepDay("a");
  advance(10 * minuteMs);
  expect(kept.find("a", lastDay())).toEqual({
    ...wholeOf(seriesOf(readings)),
    leftOut: { malformed: 2, duplicates: 1, contradicting: 0 },
    unreadable: [],
    unread: [{ startMs, endMs: startMs + 10 * minuteMs }],
    asOfMs: startMs,
    stale: null,
  });
});

test("after half an hour nothing is told any more", async () => {
  const { kept, keepDay, advance, lastDay } = createShelf();
  await keepDay("a");
  advance(30 * minuteMs - 1);
  expect(kept.find("a", lastDay())).not.toBeNull();
  advance(1);
  expect(kept.find("a", lastDay())).toBeNull();
});

test("it tells nothing of somebody else, nor of what began before it", async () => {
  const { kept, keepDay, lastDay } = createShelf();
  await keepDay("a");
  expect(kept.find("b", lastDay())).toBeNull();
  expect(kept.find("a", { ...lastDay(), startMs: startMs - dayMs - 1 })).toBeNull();
});

test("a read of last week does not stand in for today", async () => {
  const { kept } = createShelf();
  const week = { startMs: startMs - 14 * dayMs, endMs: startMs - 7 * dayMs };
  const read = {
    ...wholeOf(seriesOf([])),
    leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
    unreadable: [],
    unread: [],
    stale: null,
    asOfMs: startMs,
  };
  kept.keep("a", week, read, startMs);
  expect(kept.find("a", { startMs: startMs - 10 * dayMs, endMs: startMs })).toBeNull();
  expect(kept.find("a", week)).toMatchObject({ unread: [] });
});

test("the newest of several reads is the one that is told", async () => {
  const { kept, keepDay, advance, lastDay } = createShelf();
  await keepDay("a");
  advance(5 * minuteMs);
  await keepDay("a");
  expect(kept.find("a", lastDay())).toMatchObject({ asOfMs: startMs + 5 * minuteMs });
});

test("what was forgotten is gone", async () => {
  const { kept, keepDay, lastDay } = createShelf();
  await keepDay("a");
  kept.forget("a");
  expect(kept.find("a", lastDay())).toBeNull();
});

test("past its bytes the reads made longest ago go, one subject read again and again takes the room of one", async () => {
  const { kept, keepDay, advance, lastDay } = createShelf(10_000);
  await keepDay("old");
  for (let i = 0; i < 20; i += 1) {
    advance(minuteMs / 2);
    await keepDay("busy");
  }
  expect(kept.find("old", lastDay())).not.toBeNull();
  for (let i = 0; i < 20; i += 1) await keepDay(`other ${i}`);
  expect(kept.find("old", lastDay())).toBeNull();
  expect(kept.find("other 19", lastDay())).not.toBeNull();
});

test("where the reads of one subject are more than there is room for, those made first go, not all", async () => {
  const { kept, advance } = createShelf(10_000);
  const mostDays = 40;
  const keepEarlier = async (days: number) => {
    const readAtMs = startMs + mostDays - days;
    const range = { startMs: startMs - days * dayMs, endMs: readAtMs };
    const readings = readingsOf(Array(100).fill(6.5), { startMs: range.startMs });
    const read = {
      ...wholeOf(seriesOf(readings)),
      leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
      unreadable: [],
      unread: [],
      stale: null,
      asOfMs: readAtMs,
    };
    kept.keep("a", range, read, readAtMs);
    await nextTurn();
  };
  for (let days = mostDays; days > 0; days -= 1) await keepEarlier(days);
  advance(mostDays);
  const find = (days: number) => kept.find("a", { startMs: startMs - days * dayMs, endMs: startMs });
  expect(find(1)).not.toBeNull();
  expect(find(mostDays)).toBeNull();
});

test("records that could not be read take room as well", async () => {
  const { kept, lastDay } = createShelf(10_000);
  const keepUnreadable = async (subject: string, count: number) => {
    const unreadable = Array.from({ length: count }, (_, i) => ({
      timeMs: startMs - i,
      sensor: "P1",
      packet: i,
    }));
    const leftOut = { malformed: count, duplicates: 0, contradicting: 0 };
    const read = { ...wholeOf(seriesOf([])), leftOut, unreadable, unread: [], stale: null, asOfMs: startMs };
    kept.keep(subject, lastDay(), read, startMs);
    await nextTurn();
  };
  await keepUnreadable("few", 20);
  await keepUnreadable("many", 2000);
  expect(kept.find("few", lastDay())).not.toBeNull();
  expect(kept.find("many", lastDay())).toBeNull();
});
