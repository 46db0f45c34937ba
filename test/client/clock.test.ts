import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clockSetter, now, steadyMs } from "#client/clock.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const serverMs = Date.UTC(2026, 9, 25, 0, 30);
const sync = (nowMs = serverMs) => clockSetter()({ nowMs, clockSpeed: 1 });

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 20) });
});
afterEach(() => {
  vi.useRealTimers();
});

test("the server's time goes on by elapsed time, whatever this machine's clock says", () => {
  sync();
  vi.advanceTimersByTime(10 * minuteMs);
  expect(now()).toBe(serverMs + 10 * minuteMs);
});

test.each([-1, -8, -24])("a workstation clock put back by %i hours changes no age", (hours) => {
  sync();
  vi.advanceTimersByTime(minuteMs);
  vi.setSystemTime(Date.now() + hours * hourMs);
  expect(now()).toBe(serverMs + minuteMs);
  vi.advanceTimersByTime(minuteMs);
  expect(now()).toBe(serverMs + 2 * minuteMs);
});

test("where the wall clock has moved on more, as after a sleep, ages are the larger ones until the server has answered", () => {
  sync();
  vi.setSystemTime(Date.now() + 8 * hourMs);
  expect(now()).toBe(serverMs + 8 * hourMs);
  sync(serverMs + minuteMs);
  expect(now()).toBe(serverMs + minuteMs);
  vi.advanceTimersByTime(minuteMs);
  expect(now()).toBe(serverMs + 2 * minuteMs);
});

test("an answer that was under way during a sleep does not set the clock back by it", () => {
  const set = clockSetter();
  vi.setSystemTime(Date.now() + 8 * hourMs);
  set({ nowMs: serverMs, clockSpeed: 1 });
  expect(now()).toBe(serverMs + 8 * hourMs);
});

test("a sandbox that runs 60 times as fast does so by elapsed time too", () => {
  clockSetter()({ nowMs: serverMs, clockSpeed: 60 });
  vi.advanceTimersByTime(minuteMs);
  expect(now()).toBe(serverMs + hourMs);
});

test("the steady clock does not hear of a clock that is set", () => {
  const from = steadyMs();
  vi.setSystemTime(Date.now() - 8 * hourMs);
  vi.advanceTimersByTime(1000);
  expect(steadyMs() - from).toBe(1000);
});

test("a moment is whole milliseconds, as the server asks for in addresses", () => {
  clockSetter()({ nowMs: serverMs, clockSpeed: 1.7 });
  vi.advanceTimersByTime(333);
  expect(Number.isInteger(now())).toBe(true);
});
