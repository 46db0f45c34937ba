import { Hono } from "hono";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AppEnv } from "#proxy/app-env.ts";
import { limitTime } from "#proxy/http/limit-time.ts";
import { createOnError } from "#proxy/http/problems.ts";
import { withinDeadline } from "#proxy/platform/call-context.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const log = pino({ level: "silent" });
const never = () => new Promise<never>(() => {});

const createApp = () => {
  const app = new Hono<AppEnv>();
  app.onError(createOnError(log));
  app.use(limitTime(log));
  app.get("/quick", (c) => c.text("done"));
  app.get("/platform", () => withinDeadline(never()));
  app.get("/afterwards", async () => {
    await new Promise((passed) => setTimeout(passed, 25_500));
    return withinDeadline(never());
  });
  app.get("/database", never);
  app.post("/api/imports", never);
  return app;
};

/** What was answered, and after how many seconds. */
async function ask(path: string, method = "GET") {
  const startMs = Date.now();
  let answer: [number, number] | null = null;
  const asked = Promise.resolve(createApp().request(path, { method })).then(({ status }) => {
    answer = [status, (Date.now() - startMs) / 1000];
  });
  await vi.advanceTimersByTimeAsync(60_000);
  await Promise.race([asked, Promise.resolve()]);
  return answer;
}

test("who waits for the platform is told after 25 seconds that it did not answer in time", async () => {
  expect(await ask("/platform")).toEqual([504, 25]);
});

test("who asks the platform only after that time is told so too", async () => {
  expect(await ask("/afterwards")).toEqual([504, 25.5]);
});

test("whatever else hangs ends two seconds later, as a failure of ours", async () => {
  expect(await ask("/database")).toEqual([500, 27]);
});

test("an answer in time leaves no timer behind", async () => {
  expect(await ask("/quick")).toEqual([200, 0]);
  expect(vi.getTimerCount()).toBe(0);
});

test("how long a file of patients takes to arrive is not limited", async () => {
  expect(await ask("/api/imports", "POST")).toBeNull();
});
