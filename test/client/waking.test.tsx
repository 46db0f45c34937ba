import { act, render, renderHook, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idleMs, noteActivity, watchOtherTabs } from "#client/app/activity.ts";
import { GlucoseValue } from "#client/chart/glucose-value.tsx";
import { clockSetter, useNow, watchWaking } from "#client/clock.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { formatAge } from "#words/time.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const serverMs = Date.UTC(2026, 10, 6, 12);
const ends: (() => void)[] = [];

function watch() {
  const onWake = vi.fn();
  ends.push(watchWaking(onWake));
  return onWake;
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 20) });
  clockSetter()({ nowMs: serverMs, clockSpeed: 1 });
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The machine slept: its wall clock went on, its timers and its steady clock stood still. */
const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms);

function Latest() {
  const nowMs = useNow();
  const timeMs = serverMs - minuteMs;
  return (
    <>
      <GlucoseValue
        timeMs={timeMs}
        valueMmolL={6.3}
        trendCode={15}
        nowMs={nowMs}
        unit="mmol/L"
        edges={edgesMmolL}
      />
      <p>{formatAge(nowMs - timeMs, "en")}</p>
    </>
  );
}

test("two ages that came on screen at different moments go on at the same one", () => {
  const one = renderHook(useNow).result;
  act(() => vi.advanceTimersByTime(50_000));
  const other = renderHook(useNow).result;
  const minutes = [one, other].map(({ current }) => Math.floor(current / minuteMs));
  expect(new Set(minutes).size).toBe(1);
  for (let second = 0; second < 120; second += 1) {
    act(() => vi.advanceTimersByTime(1000));
    expect(Math.floor(one.current / minuteMs), `${second} s`).toBe(Math.floor(other.current / minuteMs));
  }
  expect(other.current).toBe(serverMs + 165_000);
});

test("a second after a sleep the age on screen is the true one, and the server is asked", () => {
  const onWake = watch();
  render(<Latest />);
  expect(screen.getByText("1 minute ago")).toBeVisible();
  expect(screen.getByText(/rising rapidly|rapidly/)).toBeInTheDocument();
  sleep(40 * minuteMs);
  act(() => {
    vi.advanceTimersByTime(1000);
  });
  expect(screen.getByText("41 minutes ago")).toBeVisible();
  expect(screen.queryByText(/rapidly/)).toBeNull();
  expect(onWake).toHaveBeenCalledOnce();
});

test.each([-8, -1, 1, 8])("a workstation clock set by %i hours asks the server once", (hours) => {
  const onWake = watch();
  vi.advanceTimersByTime(5000);
  expect(onWake).not.toHaveBeenCalled();
  vi.setSystemTime(Date.now() + hours * hourMs);
  vi.advanceTimersByTime(30_000);
  expect(onWake).toHaveBeenCalledOnce();
});

test("a page that comes back into sight after a while, or online, asks at once; one that was away for a moment does not", () => {
  const onWake = watch();
  const visibility = vi.spyOn(document, "visibilityState", "get");
  const show = (state: DocumentVisibilityState) => {
    visibility.mockReturnValue(state);
    document.dispatchEvent(new Event("visibilitychange"));
  };
  show("hidden");
  vi.advanceTimersByTime(2000);
  show("visible");
  expect(onWake).not.toHaveBeenCalled();
  show("hidden");
  vi.advanceTimersByTime(60_000);
  show("visible");
  expect(onWake).toHaveBeenCalledTimes(1);
  window.dispatchEvent(new Event("online"));
  expect(onWake).toHaveBeenCalledTimes(2);
});

test.each([-8, -1, 1, 8])("a workstation clock set by %i hours makes nobody idle", (hours) => {
  noteActivity();
  vi.advanceTimersByTime(2 * minuteMs);
  vi.setSystemTime(Date.now() + hours * hourMs);
  expect(idleMs()).toBe(2 * minuteMs);
});

test("a hand in another tab counts from the moment this tab hears of it, whatever time was written", () => {
  ends.push(watchOtherTabs());
  noteActivity();
  vi.advanceTimersByTime(9 * minuteMs);
  window.dispatchEvent(new StorageEvent("storage", { key: "something-else", newValue: "1" }));
  expect(idleMs()).toBe(9 * minuteMs);
  window.dispatchEvent(new StorageEvent("storage", { key: "trendline-activity", newValue: "0" }));
  expect(idleMs()).toBe(0);
});

test("a server's clock that jumps ahead has all that is on screen asked for anew; one that runs fast or is faster now has not", () => {
  const onWake = watch();
  const tell = (nowMs: number, clockSpeed = 1) => clockSetter()({ nowMs, clockSpeed });
  vi.advanceTimersByTime(5000);
  tell(serverMs + 5000 + hourMs);
  expect(onWake).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5000);
  tell(serverMs + 10_000 + hourMs);
  tell(serverMs + 10_000 + hourMs, 600);
  vi.advanceTimersByTime(5000);
  // An answer that took a tenth of a second.
  tell(serverMs + 10_000 + hourMs + 5100 * 600, 600);
  expect(onWake).toHaveBeenCalledTimes(1);
});
