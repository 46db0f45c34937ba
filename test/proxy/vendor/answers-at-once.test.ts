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
    // Five seconds have passed: of another device, and of another kind, nothing is asked either.
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
  // Nothing says that it is not the token: that one is renewed, and the one that was refused is of no use for it.
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
