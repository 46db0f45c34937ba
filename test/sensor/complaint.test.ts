import { expect, test } from "vitest";
import { dayMs, hourMs } from "#glucose/time.ts";
import { earlyEndOf, missingIn } from "#sensor/complaint.ts";

const startMs = Date.UTC(2026, 10, 1);
const ended = {
  state: "ended",
  boundAtMs: startMs,
  activatedAtMs: startMs,
  estimatedEndAtMs: startMs + 14 * dayMs,
  endedAtMs: startMs + 9 * dayMs,
} as const;
const nowMs = startMs + 20 * dayMs;

test("an early end is reckoned against the planned wear", () => {
  expect(earlyEndOf(ended, nowMs)).toEqual({ wornMs: 9 * dayMs, plannedMs: 14 * dayMs, earlyMs: 5 * dayMs });
});

test("within two hours of the planned end is no early end, nor is one that is worn or later", () => {
  const endedAt = (endedAtMs: number) => earlyEndOf({ ...ended, endedAtMs }, nowMs);
  expect(endedAt(ended.estimatedEndAtMs - 2 * hourMs)).toBeNull();
  expect(endedAt(ended.estimatedEndAtMs - 2 * hourMs - 1)).not.toBeNull();
  expect(endedAt(ended.estimatedEndAtMs + dayMs)).toBeNull();
  expect(earlyEndOf({ ...ended, state: "activated", endedAtMs: null }, nowMs)).toBeNull();
});

test("dates that cannot all be true give no early end", () => {
  expect(earlyEndOf({ ...ended, activatedAtMs: ended.endedAtMs + dayMs }, nowMs)).toBeNull();
  expect(earlyEndOf(ended, ended.endedAtMs - dayMs)).toBeNull();
  expect(earlyEndOf({ ...ended, estimatedEndAtMs: null }, nowMs)).toBeNull();
  expect(earlyEndOf({ ...ended, isInDoubt: true }, nowMs)).toBeNull();
});

test("what a complaint's record lacks is named, and blanks count as lacking", () => {
  const whole = {
    device: "CGM",
    callerName: "Li",
    callerAddress: "1 Main St",
    callerPhone: "5",
    nature: "fell off",
    action: "replaced",
    reply: "told",
  };
  expect(missingIn(whole)).toEqual([]);
  expect(missingIn({ ...whole, callerPhone: null, reply: "  " })).toEqual(["callerPhone", "reply"]);
  expect(missingIn({ ...whole, callerPhone: "none", callerName: "?", device: "—" })).toEqual([
    "device",
    "callerName",
    "callerPhone",
  ]);
});
