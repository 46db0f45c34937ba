import pino from "pino";
import { expect, test } from "vitest";
import type { Patient } from "#contract/patient.ts";
import { Failure } from "#proxy/failure.ts";
import { refreshStatuses } from "#proxy/roster/refresh-statuses.ts";

const nowMs = Date.UTC(2026, 10, 20, 9, 30);
const low = Array.from({ length: 1500 }, (_, number) => `low-${number}`);

/** Who is asked for first in each of the first three turns, of at most a thousand each. */
async function firstOf({ behindMs, fails = false }: { behindMs: number; fails?: boolean }) {
  const asked: number[] = [];
  const ended = new AbortController();
  await refreshStatuses({
    patients: {
      checksDue: async () => ({ patients: 1_000_000, oldestDueMs: nowMs - behindMs }),
      takeDue: async (_nowMs, _untilMs, _most, first = []) => {
        asked.push(first.length);
        if (asked.length === 3) ended.abort();
        return [{ id: "p1" } as Patient];
      },
    },
    statuses: {
      renew: async () => {
        if (fails) throw new Failure("platform-unreachable");
      },
    },
    roster: { lastLow: async () => [...low] },
    now: () => nowMs,
    steadyMs: () => 0,
    clockSpeed: () => 1,
    log: pino({ level: "silent" }),
    perSecond: 1000,
    signal: ended.signal,
  });
  return asked;
}

test("when behind, as after an outage, who was low is read before others", async () => {
  expect(await firstOf({ behindMs: 20 * 60_000 })).toEqual([1000, 500, 0]);
});

test("in time nobody goes before others, and while the platform fails nobody who was low is tried in vain", async () => {
  expect(await firstOf({ behindMs: 5000 })).toEqual([0, 0, 0]);
  expect(await firstOf({ behindMs: 20 * 60_000, fails: true })).toEqual([1000, 0, 0]);
});
