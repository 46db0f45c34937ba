import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { createBreaker } from "#proxy/platform/breaker.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 14, 0) });
});
afterEach(() => {
  vi.useRealTimers();
});

const createWatched = () => {
  // Here the time of day only ever passes, so it is as good as a steady clock.
  const breaker = createBreaker({ now: Date.now, steadyMs: Date.now }, pino({ level: "silent" }));
  const asked: number[] = [];
  const run = (answer: () => Promise<unknown>) =>
    breaker
      .run(() => {
        asked.push(Date.now());
        return answer();
      })
      .catch((error: unknown) => error);
  const runMany = async (count: number, answer: () => Promise<unknown>) => {
    for (let i = 0; i < count; i += 1) await run(answer);
  };
  return { breaker, asked, run, runMany };
};

const good = async () => "data";
const failing = (...[code, details]: ConstructorParameters<typeof Failure>) => {
  const failure = new Failure(code, details);
  return async () => {
    throw failure;
  };
};
const down = failing("platform-unreachable");

test.each([
  ["a broken connection", down],
  ["a time-out", failing("platform-timeout")],
  ["an answer without an envelope", failing("platform-malformed")],
  [
    "an HTTP 5xx with an envelope",
    failing("platform-error", { platform: { code: 5003, message: "", httpStatus: 503 } }),
  ],
])(
  "when nine of ten calls end with %s the platform is left alone, and calls fail at once with when to try again",
  async (_, fault) => {
    const { breaker, asked, run, runMany } = createWatched();
    await run(good);
    vi.setSystemTime(Date.now() + 120_000);
    await runMany(10, fault);
    expect(breaker.health()).toEqual({ answering: false, lastAnswerMs: Date.UTC(2026, 10, 20, 14, 0) });
    vi.setSystemTime(Date.now() + 2_000);
    expect(await run(good)).toMatchObject({
      code: "platform-unreachable",
      details: { retryAfterS: 3, detail: expect.stringContaining("since 2026-11-20T14:00:00.000Z") },
    });
    expect(() => breaker.check()).toThrow(Failure);
    expect(asked).toHaveLength(10);
  },
);

test.each([
  ["1001", failing("platform-unauthorized")],
  ["1002", failing("platform-refused")],
  ["any other code", failing("platform-error", { platform: { code: 5003, message: "", httpStatus: 200 } })],
  ["HTTP 429", failing("platform-busy")],
  ["an unknown device", failing("device-unknown")],
])("a platform that answers with %s, however often, answers", async (_, fault) => {
  const { breaker, asked, runMany } = createWatched();
  vi.setSystemTime(Date.now() + 60_000);
  await runMany(100, fault);
  expect(asked).toHaveLength(100);
  expect(breaker.health()).toEqual({ answering: true, lastAnswerMs: Date.now() });
});

test("a platform that fails every second time is asked on", async () => {
  const { breaker, asked, run } = createWatched();
  for (let i = 0; i < 100; i += 1) await run(i % 2 ? down : good);
  expect(asked).toHaveLength(100);
  expect(breaker.health().answering).toBe(true);
});

test("one call finds out whether it is back while the others fail at once, and its success lets them all through", async () => {
  const { breaker, asked, run, runMany } = createWatched();
  await runMany(10, down);
  vi.setSystemTime(Date.now() + 5_000);
  expect(() => breaker.check()).not.toThrow();
  const { promise, resolve } = Promise.withResolvers<string>();
  const probe = run(() => promise);
  const others = await Promise.all([run(good), run(good)]);
  expect(others.map((error) => (error as Failure).code)).toEqual([
    "platform-unreachable",
    "platform-unreachable",
  ]);
  expect(asked).toHaveLength(11);
  resolve("back");
  expect(await probe).toBe("back");
  expect(await run(good)).toBe("data");
  expect(breaker.health().answering).toBe(true);
});

test("while it stays away it is asked ever less often, every ten seconds in the end", async () => {
  const { asked, runMany } = createWatched();
  await runMany(10, down);
  for (let s = 0; s < 40; s += 1) {
    vi.setSystemTime(Date.now() + 1_000);
    await runMany(3, down);
  }
  const probes = asked.slice(9).map((ms) => (ms - Date.UTC(2026, 10, 20, 14, 0)) / 1000);
  expect(probes).toEqual([0, 5, 15, 25, 35]);
});

test("a business error is as good a sign of life as data", async () => {
  const { breaker, run, runMany } = createWatched();
  await runMany(10, down);
  vi.setSystemTime(Date.now() + 5_000);
  await run(failing("platform-refused"));
  expect(breaker.health()).toEqual({ answering: true, lastAnswerMs: Date.now() });
});
