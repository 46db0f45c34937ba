import { expect, onTestFinished, test, vi } from "vitest";
import { createRateLimiter } from "#proxy/platform/rate-limiter.ts";

test("turns come evenly, first come first served, and never faster than set", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const nextTurn = createRateLimiter(10);
  const startMs = performance.now();
  const came: [number, number][] = [];
  const all = Array.from({ length: 5 }, (_, i) =>
    nextTurn().then(() => came.push([i, Math.round(performance.now() - startMs)])),
  );
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all(all);
  expect(came).toEqual([
    [0, 0],
    [1, 100],
    [2, 200],
    [3, 300],
    [4, 400],
  ]);
});
