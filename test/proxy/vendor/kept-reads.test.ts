import { expect, test } from "vitest";
import { createKeptReads } from "#proxy/vendor/kept-reads.ts";
import { readingsOf } from "#test/support/readings.ts";

const startMs = 1_700_000_000_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

function createShelf(atMostBytes?: number) {
  let nowMs = startMs;
  const kept = createKeptReads(() => nowMs, atMostBytes);
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
    keepDay: (subject: string, count = 480) => {
      const range = { startMs: nowMs - dayMs, endMs: nowMs };
      const values = Array.from({ length: count }, (_, i) => 4 + ((i * 7) % 90) / 10);
      const readings = readingsOf(values, { startMs: range.startMs });
      kept.keep(subject, range, { ...rest, readings, asOfMs: nowMs });
      return readings;
    },
  };
}

test("what was read comes back as it was, with when, and the time since then as unread", () => {
  const { kept, keepDay, advance, lastDay } = createShelf();
  const readings = keepDay("a");
  advance(10 * minuteMs);
  expect(kept.find("a", lastDay())).toEqual({
    readings,
    leftOut: { malformed: 2, duplicates: 1, contradicting: 0 },
    unreadable: [],
    unread: [{ startMs, endMs: startMs + 10 * minuteMs }],
    asOfMs: startMs,
    stale: null,
  });
});

test("after half an hour nothing is told any more", () => {
  const { kept, keepDay, advance, lastDay } = createShelf();
  keepDay("a");
  advance(30 * minuteMs - 1);
  expect(kept.find("a", lastDay())).not.toBeNull();
  advance(1);
  expect(kept.find("a", lastDay())).toBeNull();
});

test("it tells nothing of somebody else, nor of what began before it", () => {
  const { kept, keepDay, lastDay } = createShelf();
  keepDay("a");
  expect(kept.find("b", lastDay())).toBeNull();
  expect(kept.find("a", { ...lastDay(), startMs: startMs - dayMs - 1 })).toBeNull();
});

test("a read of last week does not stand in for today", () => {
  const { kept } = createShelf();
  const week = { startMs: startMs - 14 * dayMs, endMs: startMs - 7 * dayMs };
  const read = {
    readings: [],
    leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
    unreadable: [],
    unread: [],
    stale: null,
    asOfMs: startMs,
  };
  kept.keep("a", week, read);
  expect(kept.find("a", { startMs: startMs - 10 * dayMs, endMs: startMs })).toBeNull();
  expect(kept.find("a", week)).toMatchObject({ unread: [] });
});

test("the newest of several reads is the one that is told", () => {
  const { kept, keepDay, advance, lastDay } = createShelf();
  keepDay("a");
  advance(5 * minuteMs);
  keepDay("a");
  expect(kept.find("a", lastDay())).toMatchObject({ asOfMs: startMs + 5 * minuteMs });
});

test("what was forgotten is gone", () => {
  const { kept, keepDay, lastDay } = createShelf();
  keepDay("a");
  kept.forget("a");
  expect(kept.find("a", lastDay())).toBeNull();
});

test("past its bytes the reads made longest ago go, one subject read again and again takes the room of one", () => {
  const { kept, keepDay, advance, lastDay } = createShelf(10_000);
  keepDay("old");
  for (let i = 0; i < 20; i += 1) {
    advance(minuteMs / 2);
    keepDay("busy");
  }
  expect(kept.find("old", lastDay())).not.toBeNull();
  for (let i = 0; i < 20; i += 1) keepDay(`other ${i}`);
  expect(kept.find("old", lastDay())).toBeNull();
  expect(kept.find("other 19", lastDay())).not.toBeNull();
});
