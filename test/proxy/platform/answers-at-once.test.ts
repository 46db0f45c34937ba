import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { createScriptedPlatform, type Script, wireRecord } from "#test/support/platform.ts";

const dayMs = 24 * 3_600_000;
const nowMs = 1_700_000_000_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const caught = promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  await vi.advanceTimersByTimeAsync(5_000);
  const error = await caught;
  if (!(error instanceof Failure)) throw new Error(`expected a Failure, got ${String(error)}`);
  return error;
};

/** Everybody has a token and the service user is registered; `rest` answers everything. */
const withTokens = (rest: Script) => {
  const world = createScriptedPlatform(rest, nowMs);
  world.serviceUsers.set("service", "ou_service");
  for (const openId of ["ou_service", "ou_1"])
    world.tokens.set(openId, { accessToken: `token of ${openId}`, expiresAtMs: nowMs + dayMs });
  return world;
};

/** Some bytes of an answer, and no more. */
const broken = () => {
  const parts = ['{"code":'];
  return new ReadableStream({
    pull(controller) {
      const part = parts.pop();
      if (part) controller.enqueue(new TextEncoder().encode(part));
      else controller.error(new TypeError("terminated"));
    },
  });
};

const busy = (headers: HeadersInit, status = 429) => new Response("slow down", { status, headers });

test.each([
  ["429", busy({ "retry-after": "30" }), "platform-busy", 30],
  ["503", busy({ "retry-after": "30" }, 503), "platform-unreachable", 30],
  [
    "503 with an envelope",
    Response.json({ code: 5003, msg: "" }, { status: 503, headers: { "retry-after": "30" } }),
    "platform-error",
    30,
  ],
  [
    "429 and a date by the platform's clock",
    busy({ date: "Fri, 20 Nov 2026 09:00:00 GMT", "retry-after": "Fri, 20 Nov 2026 09:00:30 GMT" }),
    "platform-busy",
    30,
  ],
  ["503, said twice", busy({ "retry-after": "30, 30" }, 503), "platform-unreachable", 30],
  ["408", busy({ "retry-after": "30" }, 408), "platform-unreachable", 30],
  ["425", busy({ "retry-after": "30" }, 425), "platform-unreachable", 30],
  ["200 and a web page", busy({ "retry-after": "30" }, 200), "platform-malformed", 30],
  [
    "200 and a body that breaks off",
    new Response(broken(), { headers: { "retry-after": "30" } }),
    "platform-unreachable",
    30,
  ],
  ["307", busy({ "retry-after": "30", location: "/busy" }, 307), "platform-malformed", 30],
  ["429 for a century", busy({ "retry-after": "3153600000" }), "platform-busy", 3600],
])(
  "a platform that asks for a pause with HTTP %s is asked nothing before it is over",
  async (_, answer, code, s) => {
    let isBusy = true;
    const world = withTokens(({ query }) =>
      isBusy ? answer.clone() : { device_sn: query.device_sn, status: 2 },
    );
    expect(await failureOf(world.platform.deviceInfo("P1"))).toMatchObject({
      code,
      details: { retryAfterS: s },
    });
    isBusy = false;
    // Time has passed, yet not enough: of another device, and of another kind, nothing is asked either.
    for (const call of [
      () => world.platform.deviceInfo("P2"),
      () => world.platform.userReadings("ou_1", nowMs - dayMs, nowMs),
    ])
      expect((await failureOf(call())).code).toBe(code);
    expect(world.calls).toHaveLength(1);
    expect((await failureOf(world.platform.deviceInfo("P3"))).details.retryAfterS).toBe(s - 15);
    await vi.advanceTimersByTimeAsync((s - 20) * 1000);
    await expect(world.platform.deviceInfo("P4")).resolves.toMatchObject({ statusCode: 2 });
  },
);

const inAMinute = { headers: { "retry-after": "60" } };

test.each([
  ["a refusal", Response.json({ code: 1002, msg: "no" }, { ...inAMinute, status: 403 }), "platform-refused"],
  ["a refused token", Response.json({ code: 1001, msg: "expired" }, inAMinute), "platform-busy"],
  ["a business error", Response.json({ code: 5003, msg: "no" }, inAMinute), "platform-error"],
  ["a firewall's page", new Response("<h1>no</h1>", { ...inAMinute, status: 403 }), "platform-unauthorized"],
  ["a page that is not there", new Response("<h1>no</h1>", { ...inAMinute, status: 404 }), "device-unknown"],
  ["data", Response.json({ code: 0, msg: "", data: { device_sn: "P1", status: 2 } }, inAMinute), null],
])(
  "a pause that comes with %s holds for everything, and takes nothing from others",
  async (_, answer, code) => {
    let asksForPause = false;
    const world = withTokens(({ path, query }) => {
      if (asksForPause) return answer.clone();
      if (path === "/device/info") return { device_sn: query.device_sn, status: 2 };
      return { open_id: "ou_1", records: [wireRecord()] };
    });
    const read = () => world.platform.userReadings("ou_1", nowMs - dayMs, nowMs);
    const before = await read();
    world.advance(2 * 60_000);
    asksForPause = true;
    if (code)
      expect(await failureOf(world.platform.deviceInfo("P1"))).toMatchObject({
        code,
        details: { retryAfterS: expect.any(Number) },
      });
    else expect(await world.platform.deviceInfo("P1")).toMatchObject({ statusCode: 2 });
    asksForPause = false;
    expect(await failureOf(world.platform.deviceInfo("P2"))).toMatchObject({
      code: "platform-busy",
      details: { platform: undefined, retryAfterS: expect.any(Number) },
    });
    expect(await read()).toMatchObject({ readings: before.readings, stale: { code: "platform-busy" } });
    expect(world.calls).toHaveLength(2);
  },
);

test.each([
  ["1.5", 2],
  ["0.2", 1],
  ["60s", 60],
  ["60, 120", 60],
])("a pause of %j is one of %d s", async (text, retryAfterS) => {
  const world = withTokens(() => busy({ "retry-after": text }, 503));
  expect((await failureOf(world.platform.deviceInfo("P1"))).details.retryAfterS).toBe(retryAfterS);
  expect(world.calls).toHaveLength(1);
});

test.each([
  [400, "platform-malformed"],
  [401, "platform-unauthorized"],
  [403, "platform-unauthorized"],
  [405, "platform-malformed"],
  [410, "platform-malformed"],
  [451, "platform-malformed"],
])(
  "HTTP %d without an envelope is an answer: nothing is asked again, and nothing is shown from before",
  async (status, code) => {
    let isShut = false;
    const world = withTokens(() =>
      isShut ? new Response("<h1>no</h1>", { status }) : { open_id: "ou_1", records: [wireRecord()] },
    );
    const read = () => world.platform.userReadings("ou_1", nowMs - dayMs, nowMs);
    await read();
    world.advance(2 * 60_000);
    isShut = true;
    for (const call of [
      read,
      () => world.platform.registerUser({ partnerUid: "clinic-1", region: "SE" }),
      () => world.platform.deviceInfo("P1"),
    ])
      expect(await failureOf(call())).toMatchObject({
        code,
        message: expect.stringContaining(`HTTP ${status}`),
        details: { platform: { code: null, httpStatus: status } },
      });
    expect(world.calls).toHaveLength(4);
    for (let i = 0; i < 20; i += 1) await failureOf(world.platform.deviceInfo(`P${i}`));
    expect(world.platform.health().answering).toBe(true);
  },
);

test.each([408, 425, 500, 503])("HTTP %d without an envelope is asked again", async (status) => {
  const world = withTokens(() => new Response("<h1>later</h1>", { status }));
  expect(await failureOf(world.platform.deviceInfo("P1"))).toMatchObject({
    code: "platform-unreachable",
    message: `The platform answered with HTTP ${status}.`,
  });
  expect(world.calls).toHaveLength(3);
});

test("a platform that says that all is well with HTTP 503 has failed with HTTP 503", async () => {
  const world = withTokens(() => Response.json({ code: 0, msg: "ok", data: {} }, { status: 503 }));
  expect(await failureOf(world.platform.deviceInfo("P1"))).toMatchObject({
    code: "platform-unreachable",
    message: "The platform answered with HTTP 503.",
    details: { platform: { code: null, httpStatus: 503 } },
  });
});

test("of several windows that fail, the refusal is told, and nothing is shown from before", async () => {
  let isRefusing = false;
  const world = withTokens(({ query }) => {
    if (!isRefusing) return { open_id: "ou_1", records: [wireRecord()] };
    if (Number(query.end_time) === nowMs) return { code: 1002, msg: "no" };
    return new Response("", { status: 503 });
  });
  const read = () => world.platform.userReadings("ou_1", nowMs - 90 * dayMs, nowMs);
  await read();
  world.advance(2 * 60_000);
  isRefusing = true;
  expect((await failureOf(read())).code).toBe("platform-refused");
});

test.each(["soon", "-3", "0", "Fri, 20 Nov 2020 09:00:00 GMT"])(
  "a pause that is none, %j, is tried again as any other 429",
  async (text) => {
    const world = withTokens(() => busy({ "retry-after": text }));
    expect((await failureOf(world.platform.deviceInfo("P1"))).details.retryAfterS).toBeUndefined();
    expect(world.calls).toHaveLength(3);
  },
);

test.each([
  ["invalid signature", ["/device/info"]],
  ["request expired", ["/device/info"]],
  ["签名错误", ["/device/info"]],
  // Nothing says that it is not the token: that one is renewed, and the one
  // that was refused is of no use for it.
  ["unauthorized", ["/device/info", "/user/token"]],
])("1001 with the words %j costs %j", async (msg, paths) => {
  const world = withTokens(() => ({ code: 1001, msg }));
  expect((await failureOf(world.platform.deviceInfo("P1"))).code).toBe("platform-unauthorized");
  expect(world.calls.map(({ path }) => path)).toEqual(paths);
});

test("a token endpoint that has once wanted the old token, or has not, is not asked both ways again", async () => {
  const world: ReturnType<typeof createScriptedPlatform> = createScriptedPlatform(
    ({ path, bearer, query }) => {
      if (path === "/user/glucose")
        return { open_id: query.open_id, records: [wireRecord({ open_id: query.open_id })] };
      return bearer === `old ${query.open_id}`
        ? world.newToken(query.open_id ?? "")
        : { code: 1001, msg: "no token" };
    },
    nowMs,
  );
  for (const openId of ["ou_1", "ou_2"]) {
    world.tokens.set(openId, { accessToken: `old ${openId}`, expiresAtMs: nowMs - 1 });
    await world.platform.userReadings(openId, nowMs - dayMs, nowMs);
  }
  expect(world.callsTo("/user/token").map(({ bearer }) => bearer)).toEqual([null, "old ou_1", "old ou_2"]);
});

test.each([4242, 9, 100_001, -1])(
  "an undocumented code, %d, is an answer: nothing is asked again",
  async (code) => {
    const world = withTokens(() => ({ code, msg: "already registered" }));
    for (const call of [
      () => world.platform.registerUser({ partnerUid: "clinic-1", region: "SE" }),
      () => world.platform.deviceInfo("P1"),
      () => world.platform.userReadings("ou_1", nowMs - dayMs, nowMs),
    ])
      expect(await failureOf(call())).toMatchObject({
        code: "platform-error",
        details: { platform: { code, message: "already registered" } },
      });
    expect(world.calls).toHaveLength(3);
    expect(world.platform.health().answering).toBe(true);
  },
);

test.each([
  ["1002", "platform-refused", 1002],
  ["-1", "platform-error", -1],
  ["4242", "platform-error", 4242],
])(
  "the code %s given as text is that code: it ends at once, and is no outage",
  async (code, failed, number) => {
    const world = withTokens(() => JSON.stringify({ code, msg: "no" }));
    for (let i = 0; i < 12; i += 1) {
      const failure = await failureOf(world.platform.userReadings("ou_1", nowMs - dayMs - i, nowMs));
      expect(failure).toMatchObject({ code: failed, details: { platform: { code: number, message: "no" } } });
    }
    expect(world.callsTo("/user/glucose")).toHaveLength(12);
    expect(world.platform.health().answering).toBe(true);
  },
);

test("a token that the platform refuses with 1001 as text is renewed", async () => {
  const world = withTokens(({ path, bearer }) => {
    if (path === "/user/token") return world.newToken("ou_1");
    return bearer === "token of ou_1"
      ? JSON.stringify({ code: "1001", msg: "token" })
      : JSON.stringify({ code: "0", msg: "", data: { open_id: "ou_1", records: [wireRecord({})] } });
  });
  const read = world.platform.userReadings("ou_1", nowMs - dayMs, nowMs + dayMs);
  read.catch(() => {});
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await read).readings).toHaveLength(1);
});
