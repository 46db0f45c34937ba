import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { pino } from "pino";
import { afterEach, expect, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { createBreaker } from "#proxy/platform/breaker.ts";
import { createCall } from "#proxy/platform/call.ts";
import { createRequestQueue } from "#proxy/platform/request-queue.ts";

const path = "/partner/v1/user/glucose";

const callThrough = (fetch: (request: Request) => Promise<Response>, baseUrl = "http://platform.test") => {
  const now = () => 1_700_000_000_000;
  return createCall(
    { baseUrl, appId: "app", appSecret: "top-secret", now, fetch },
    {
      enqueue: createRequestQueue({ callsPerSecond: 1000 }),
      breaker: createBreaker({ now, steadyMs: () => performance.now() }, pino({ level: "silent" })),
    },
  );
};

const codeOf = (error: unknown) => (error instanceof Failure ? error.code : error);

afterEach(() => {
  vi.useRealTimers();
});

test("a platform that never answers is given up after ten seconds, three times", async () => {
  vi.useFakeTimers();
  const signals: AbortSignal[] = [];
  const call = callThrough((request) => {
    signals.push(request.signal);
    return new Promise(() => {});
  });
  const outcome = call({ method: "GET", path }).catch(codeOf);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await outcome).toBe("platform-timeout");
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
});

test("an answer that stops half way is given up and its connection closed, whatever the garbage collector did", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write('{"code":0,');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const closed = once(server, "connection").then(([socket]) => once(socket, "close"));
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const call = callThrough(
    async (request) => {
      const response = await fetch(request);
      begin();
      return response;
    },
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  );
  const outcome = call({ method: "POST", path, body: {} }).catch(codeOf);
  await begun;
  // Twice, with a turn of the event loop between: what a finished promise still holds goes only then.
  collectGarbage();
  await new Promise(setImmediate);
  collectGarbage();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await outcome).toBe("platform-timeout");
  await closed;
  server.close();
});

test("every try is signed anew", async () => {
  vi.useFakeTimers();
  const seen: (string | null)[][] = [];
  const call = callThrough(async ({ headers }) => {
    seen.push([headers.get("x-nonce"), headers.get("x-signature")]);
    throw new TypeError("fetch failed");
  });
  const outcome = call({ method: "GET", path }).catch(codeOf);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await outcome).toBe("platform-unreachable");
  expect(seen).toHaveLength(3);
  expect(new Set(seen.flat()).size).toBe(6);
});

test.each([
  ["is tried again when it comes with an HTTP 5xx", 503, { code: 5003, msg: "overloaded", data: null }, 3],
  [
    "is an answer with HTTP 200 and is not tried again",
    200,
    { code: 5003, msg: "quota exceeded", data: null },
    1,
  ],
  ["is an answer with an HTTP 4xx too", 403, { code: 5003, msg: "slow down", data: null }, 1],
])("a business error %s, and keeps the platform's code and words", async (_, status, envelope, tries) => {
  vi.useFakeTimers();
  const platform = vi.fn(async () => Response.json(envelope, { status }));
  const outcome = callThrough(platform)({ method: "GET", path }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(platform).toHaveBeenCalledTimes(tries);
  expect(await outcome).toMatchObject({
    code: "platform-error",
    details: { platform: { code: 5003, message: envelope.msg, httpStatus: status } },
  });
});

test.each([
  ["without an envelope", () => new Response("slow down", { status: 429 }), null],
  ["with one", () => Response.json({ code: 5003, msg: "slow down", data: null }, { status: 429 }), 5003],
])("HTTP 429 %s is a platform that is busy, and is tried again", async (_, answer, code) => {
  vi.useFakeTimers();
  const platform = vi.fn(async () => answer());
  const outcome = callThrough(platform)({ method: "GET", path }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(platform).toHaveBeenCalledTimes(3);
  expect(await outcome).toMatchObject({
    code: "platform-busy",
    details: { platform: { code, httpStatus: 429 } },
  });
});

test("at most eight requests are with the platform at once", async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  let running = 0;
  const call = callThrough(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((done) => waiting.push(done));
    running -= 1;
    return Response.json({ code: 0, msg: "success", data: {} });
  });
  const calls = Promise.all(Array.from({ length: 30 }, () => call({ method: "GET", path })));
  for (let answered = 0; answered < 30; answered += 1) {
    await expect.poll(() => waiting.length, { interval: 1 }).toBe(Math.min(8, 30 - answered));
    waiting.shift()?.();
  }
  await calls;
  expect(most).toBe(8);
});
