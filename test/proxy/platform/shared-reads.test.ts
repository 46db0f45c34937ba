import { expect, test, vi } from "vitest";
import { createSharedReads, measureReadings } from "#proxy/platform/read-cache.ts";

const startMs = 1_700_000_000_000;

function createShelf() {
  let nowMs = startMs;
  const clock = { now: () => nowMs, steadyMs: () => nowMs };
  const share = createSharedReads<Parameters<typeof measureReadings>[0]>(clock, 200_000, measureReadings);
  return {
    share,
    advance: (ms: number) => {
      nowMs += ms;
    },
    /** A read of so many readings. */
    read: (count = 1, duplicates = 0) =>
      vi.fn(async () => ({
        series: { length: count },
        unreadable: [],
        unread: [],
        leftOut: { malformed: 0, duplicates, contradicting: 0 },
      })),
  };
}

const hour = { startMs: startMs - 3_600_000, endMs: startMs };

test("a read under way is joined, and its failure is everybody's but not kept", async () => {
  const { share, read } = createShelf();
  const failing = vi.fn(async () => {
    throw new Error("down");
  });
  const both = await Promise.allSettled([share("a", hour, failing), share("a", hour, failing)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(failing).toHaveBeenCalledTimes(1);
  const good = read();
  await share("a", hour, good);
  expect(good).toHaveBeenCalledTimes(1);
});

test.each([
  ["that begins earlier", "a", { ...hour, startMs: hour.startMs - 1 }],
  ["of somebody else", "b", hour],
])("a read %s is a read of its own", async (_, subject, range) => {
  const { share, read } = createShelf();
  const first = read();
  const second = read();
  await share("a", hour, first);
  await share(subject, range, second);
  expect(second).toHaveBeenCalledTimes(1);
});

test("a read of the past does not answer for what came after it", async () => {
  const { share, read } = createShelf();
  const yesterday = { startMs: startMs - 48 * 3_600_000, endMs: startMs - 24 * 3_600_000 };
  await share("a", yesterday, read());
  const untilNow = read();
  await share("a", { ...yesterday, endMs: startMs }, untilNow);
  expect(untilNow).toHaveBeenCalledTimes(1);
});

test("past 200,000 readings the oldest read is let go, the newer ones stay", async () => {
  const { share, read, advance } = createShelf();
  for (const subject of ["old", "new"]) {
    await share(subject, hour, read(120_000));
    advance(1_000);
  }
  await share("third", hour, read());
  const [old, recent] = [read(), read()];
  await share("new", hour, recent);
  await share("old", hour, old);
  expect([old, recent].map((fn) => fn.mock.calls.length)).toEqual([1, 0]);
});

test("what a read left out is of its whole range: a part of it is read anew, under way or not, and the same range is not", async () => {
  const { share, read, advance } = createShelf();
  const lastHalfHour = { ...hour, startMs: hour.startMs + 1_800_000 };
  const whole = read(20, 7);
  const part = read(10);
  const [, found] = await Promise.all([share("a", hour, whole), share("a", lastHalfHour, part)]);
  expect(found.leftOut.duplicates).toBe(0);
  await share("a", lastHalfHour, part);
  advance(1000);
  await share("a", { startMs: hour.startMs + 1000, endMs: hour.endMs + 1000 }, whole);
  expect([whole, part].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});
