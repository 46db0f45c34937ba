import { afterEach, expect, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { createScriptedPlatform, type Script, wireRecord } from "#test/support/platform.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

afterEach(() => {
  vi.useRealTimers();
});

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw new Error(`expected a Failure, got ${String(error)}`);
  return error;
};

/** Lets retries happen without waiting for them. */
const quickly = async <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(60_000);
  return promise;
};

/** Answers tokens and registrations; `rest` answers the other calls. */
const withTokens = (rest: Script) => {
  const world = createScriptedPlatform((call, count) => {
    if (call.path === "/user/token") return world.newToken(call.query.open_id ?? "");
    if (call.path === "/user/register") return world.newToken("ou_service");
    return rest(call, count);
  });
  return world;
};

const records = (...list: unknown[]) => ({ open_id: "ou_1", records: list });

test("twenty reads that wait for a token cost one refresh", async () => {
  const world = withTokens(() => records());
  const at = world.now();
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      world.platform.userReadings("ou_1", at - (i + 1) * hourMs, at - i * hourMs - 120_000),
    ),
  );
  expect(world.callsTo("/user/token")).toHaveLength(1);
  expect(world.callsTo("/user/glucose")).toHaveLength(20);
});

test("a token is renewed five minutes before it expires and used until then", async () => {
  const world = withTokens(() => records());
  const read = () => world.platform.userReadings("ou_1", world.now() - hourMs, world.now());
  await read();
  world.advance(114 * 60_000);
  await read();
  expect(world.callsTo("/user/token")).toHaveLength(1);
  world.advance(2 * 60_000);
  await read();
  expect(world.callsTo("/user/token")).toHaveLength(2);
});

test("a 1001 is cured by one refresh and the call goes through", async () => {
  const world = withTokens(({ bearer }) =>
    bearer === "token-1" ? { code: 1001, msg: "expired" } : records(),
  );
  await world.platform.userReadings("ou_1", world.now() - hourMs, world.now());
  expect(world.calls.map(({ path, bearer }) => [path, bearer])).toEqual([
    ["/user/token", null],
    ["/user/glucose", "token-1"],
    ["/user/token", null],
    ["/user/glucose", "token-2"],
  ]);
});

test("a 1001 that refreshing does not cure is said, after one refresh", async () => {
  const world = withTokens(() => ({ code: 1001, msg: "token invalid" }));
  const failure = await failureOf(world.platform.userReadings("ou_1", world.now() - hourMs, world.now()));
  expect(failure.code).toBe("platform-unauthorized");
  expect(failure.details.platform).toEqual({ code: 1001, message: "token invalid", httpStatus: 200 });
  expect(world.callsTo("/user/glucose")).toHaveLength(2);
});

test("a token endpoint that wants the old token is given it on the second try", async () => {
  const world = createScriptedPlatform(({ path, bearer }) => {
    if (path === "/user/glucose") return records();
    return bearer === "old" ? world.newToken("ou_1") : { code: 1001, msg: "no token" };
  });
  world.tokens.set("ou_1", { accessToken: "old", expiresAtMs: world.now() - 1 });
  await world.platform.userReadings("ou_1", world.now() - hourMs, world.now());
  expect(world.callsTo("/user/token").map(({ bearer }) => bearer)).toEqual([null, "old"]);
});

test("as long as a read is fresh, all who ask have the same series in memory, a part of it too", async () => {
  const world = withTokens(() => records());
  const endMs = world.now();
  const day = await world.platform.userReadings("ou_1", endMs - dayMs, endMs);
  world.advance(30_000);
  const later = await world.platform.userReadings("ou_1", endMs - dayMs + 30_000, endMs + 30_000);
  const part = await world.platform.userReadings("ou_1", endMs - 1, endMs);
  expect([later.series, part.series].every((series) => series === day.series)).toBe(true);
  expect(part.readings).toEqual([]);
  world.advance(31_000);
  expect((await world.platform.userReadings("ou_1", endMs - dayMs, endMs)).series).not.toBe(day.series);
});

test("90 days are three windows of at most 30 days, without a hole or an overlap", async () => {
  const world = withTokens(() => records());
  const endMs = world.now();
  await world.platform.userReadings("ou_1", endMs - 90 * dayMs, endMs);
  const windows = world
    .callsTo("/user/glucose")
    .map(({ query }) => [Number(query.start_time), Number(query.end_time)])
    .sort(([a = 0], [b = 0]) => a - b);
  expect(windows).toEqual([
    [endMs - 90 * dayMs, endMs - 60 * dayMs],
    [endMs - 60 * dayMs, endMs - 30 * dayMs],
    [endMs - 30 * dayMs, endMs],
  ]);
});

test("a hundred viewers cost the platform what one does, and a minute later once more", async () => {
  const world = withTokens(() => records(wireRecord()));
  const look = () => world.platform.userReadings("ou_1", world.now() - dayMs, world.now());
  const answers = await Promise.all(Array.from({ length: 100 }, look));
  expect(answers.every(({ readings }) => readings.length === 1)).toBe(true);
  world.advance(59_000);
  await look();
  await world.platform.userReadings("ou_1", world.now() - hourMs, world.now());
  expect(world.callsTo("/user/glucose")).toHaveLength(1);
  world.advance(2_000);
  await look();
  expect(world.callsTo("/user/glucose")).toHaveLength(2);
});

test("a shared read is cut to what was asked for", async () => {
  const world = withTokens(() =>
    records(wireRecord({ measured_at: 1_699_990_000_000 }), wireRecord({ measured_at: 1_699_999_000_000 })),
  );
  const all = await world.platform.userReadings("ou_1", world.now() - dayMs, world.now());
  const part = await world.platform.userReadings("ou_1", 1_699_995_000_000, world.now());
  expect(all.readings).toHaveLength(2);
  expect(part.readings.map(({ timeMs }) => timeMs)).toEqual([1_699_999_000_000]);
  expect(world.callsTo("/user/glucose")).toHaveLength(1);
});

test("a failed read is not kept", async () => {
  const world = withTokens((_, count) => (count === 2 ? { code: 5000, msg: "busy" } : records()));
  const read = () => world.platform.userReadings("ou_1", world.now() - hourMs, world.now());
  const failure = await failureOf(read());
  expect(failure.code).toBe("platform-error");
  expect(failure.details.platform).toEqual({ code: 5000, message: "busy", httpStatus: 200 });
  await expect(read()).resolves.toMatchObject({ readings: [] });
});

test("malformed records are left out and counted, good ones beside them stay", async () => {
  const nowMs = 1_700_000_000_000;
  const world = withTokens(() =>
    records(
      wireRecord({ measured_at: 1_699_999_180_000, value: 7.1, package_num: 2 }),
      wireRecord({ value: "6.3" }),
      wireRecord({ value: 0 }),
      wireRecord({ value: 61 }),
      wireRecord({ type: 3 }),
      wireRecord({ measured_at: null }),
      wireRecord({ measured_at: nowMs + 10 * 60_000 }),
      wireRecord({ open_id: "ou_2" }),
      null,
      wireRecord(),
    ),
  );
  const read = await world.platform.userReadings("ou_1", nowMs - dayMs, nowMs);
  expect(read.leftOut).toEqual({ malformed: 6, duplicates: 2, contradicting: 0 });
  expect(read.readings.map(({ valueMmolL }) => valueMmolL)).toEqual([6.3, 7.1]);
});

test("a value no sensor can mean is read as it came, and one record of 1970 or of years ago is left out", async () => {
  const nowMs = 1_700_000_000_000;
  const at = (minutesAgo: number) => nowMs - minutesAgo * 60_000;
  const world = withTokens(() =>
    records(
      wireRecord({ measured_at: at(30), package_num: 2, value: 0.4, trend: undefined }),
      wireRecord({ measured_at: at(27), package_num: 3, value: 60 }),
      wireRecord({ measured_at: 86_400_000, package_num: 4 }),
      wireRecord({ measured_at: at(24), package_num: 5, value: null }),
    ),
  );
  const read = await world.platform.userReadings("ou_1", nowMs - dayMs, nowMs);
  expect(read.readings.map(({ valueMmolL, trend }) => [valueMmolL, trend])).toEqual([
    [0.4, null],
    [60, 1],
  ]);
  expect(read.leftOut.malformed).toBe(2);
  expect(read.unreadable).toEqual([{ timeMs: at(24), sensor: "P1", packet: 5 }]);
});

test("duplicates count once, keep the first arrival, and order is restored", async () => {
  const t = 1_699_999_000_000;
  const world = withTokens(() =>
    records(
      wireRecord({ measured_at: t + 180_000, app_received_at: t + 200_000, trend: 15, package_num: 8 }),
      wireRecord({ measured_at: t, app_received_at: t + 86_400_000 }),
      wireRecord({ measured_at: t, app_received_at: t + 125_000, type: 1 }),
    ),
  );
  const { readings, leftOut } = await world.platform.userReadings("ou_1", t - hourMs, t + hourMs);
  expect(leftOut).toEqual({ malformed: 0, duplicates: 1, contradicting: 0 });
  expect(readings).toEqual([
    { timeMs: t, valueMmolL: 6.3, trend: 1, warmUp: true, sensor: "P1", packet: 1, uploadDelayMin: 2 },
    {
      timeMs: t + 180_000,
      valueMmolL: 6.3,
      trend: 15,
      warmUp: false,
      sensor: "P1",
      packet: 8,
      uploadDelayMin: 0,
    },
  ]);
});

test("another user's answer is refused, never shown", async () => {
  const world = withTokens(() => ({ open_id: "ou_2", records: [wireRecord({ open_id: "ou_2" })] }));
  const failure = await failureOf(world.platform.userReadings("ou_1", world.now() - dayMs, world.now()));
  expect(failure.code).toBe("platform-malformed");
});

test.each([
  ["HTML instead of JSON", "<html>Maintenance</html>", "platform-malformed"],
  ["a body that was cut off", '{"code":0,"msg":"succ', "platform-malformed"],
  ["JSON without an envelope", "[]", "platform-malformed"],
  ["an HTTP 500", new Response("oops", { status: 500 }), "platform-unreachable"],
  ["a cut connection", new TypeError("fetch failed"), "platform-unreachable"],
])("%s is tried three times, then said", async (_, answer, code) => {
  vi.useFakeTimers();
  const world = withTokens(() => (answer instanceof Response ? answer.clone() : answer));
  const failure = await quickly(
    failureOf(world.platform.userReadings("ou_1", world.now() - dayMs, world.now())),
  );
  expect(failure.code).toBe(code);
  expect(world.callsTo("/user/glucose")).toHaveLength(3);
});

test("a fault that passes is not noticed", async () => {
  vi.useFakeTimers();
  const world = withTokens((_, count) => (count < 4 ? new TypeError("fetch failed") : records(wireRecord())));
  const read = await quickly(world.platform.userReadings("ou_1", world.now() - dayMs, world.now()));
  expect(read.readings).toHaveLength(1);
});

test("a registration is not repeated by itself, and two at once are one", async () => {
  const world = createScriptedPlatform(() => new TypeError("fetch failed"));
  const register = () => world.platform.registerUser({ partnerUid: "clinic-1", region: "CN" });
  const failures = await Promise.all([failureOf(register()), failureOf(register())]);
  expect(failures.map(({ code }) => code)).toEqual(["platform-unreachable", "platform-unreachable"]);
  expect(world.calls).toHaveLength(1);
});

test("the token that comes with a registration is used", async () => {
  const world = createScriptedPlatform(({ path }) =>
    path === "/user/register" ? world.newToken("ou_1") : records(),
  );
  const { openId } = await world.platform.registerUser({ partnerUid: "clinic-1", region: "GB" });
  await world.platform.userReadings(openId, world.now() - dayMs, world.now());
  expect(world.calls.map(({ path }) => path)).toEqual(["/user/register", "/user/glucose"]);
});

test("device calls are made as the service user, registered once", async () => {
  const world = withTokens(({ query }) => ({ device_sn: query.device_sn, status: 0 }));
  await world.platform.deviceInfo("P1");
  await world.platform.deviceInfo("P2");
  expect(world.calls.map(({ path, bearer }) => [path, bearer])).toEqual([
    ["/user/register", null],
    ["/device/info", "token-1"],
    ["/device/info", "token-1"],
  ]);
  expect(world.serviceUsers.get("service")).toBe("ou_service");
});

test("a device refused to the service user is asked for once more as the patient who wears it", async () => {
  const world = withTokens(({ bearer, query }) =>
    bearer === "token-1" ? { code: 1002, msg: "denied" } : { device_sn: query.device_sn, status: 2 },
  );
  world.owners.set("P1", "ou_1");
  await expect(world.platform.deviceInfo("P1")).resolves.toMatchObject({ statusCode: 2 });
  const failure = await failureOf(world.platform.deviceInfo("P9"));
  expect(failure.code).toBe("platform-refused");
  expect(failure.details.platform?.code).toBe(1002);
});

test.each([
  ["its words", { code: 3001, msg: "Device Not Found" }],
  ["an HTTP 404", new Response('{"code":404,"msg":"","data":null}', { status: 404 })],
  ["empty data", { code: 0, msg: "success", data: {} }],
])("an unknown serial is known by %s", async (_, answer) => {
  const world = withTokens(() => (answer instanceof Response ? answer.clone() : answer));
  expect((await failureOf(world.platform.deviceInfo("P1"))).code).toBe("device-unknown");
});

test("times that have not happened may be absent, null or 0", async () => {
  const world = withTokens(() => ({
    device_sn: "P1",
    status: 1,
    bound_at: 5,
    activated_at: null,
    ended_at: 0,
  }));
  await expect(world.platform.deviceInfo("P1")).resolves.toMatchObject({
    statusCode: 1,
    boundAtMs: 5,
    activatedAtMs: null,
    estimatedEndAtMs: null,
    endedAtMs: null,
    openId: null,
  });
});

test("all history of a device is asked for without times", async () => {
  const world = withTokens(() => records(wireRecord(), wireRecord({ device_sn: "P2" })));
  const { readings, leftOut } = await world.platform.deviceReadings("P1");
  expect(world.callsTo("/device/glucose")[0]?.query).toEqual({ device_sn: "P1" });
  expect(readings).toHaveLength(1);
  expect(leftOut.malformed).toBe(1);
});

test("no failure speaks of the secret, a token or a signature", async () => {
  vi.useFakeTimers();
  const world = withTokens(() => new TypeError("fetch failed"));
  const failure = await quickly(
    failureOf(world.platform.userReadings("ou_1", world.now() - dayMs, world.now())),
  );
  expect(JSON.stringify([failure.message, failure.details])).not.toMatch(/top-secret|token-\d|signature/i);
});

test.each([
  ["without a word on whose it is", { records: [wireRecord()] }],
  ["that names nobody", { open_id: null, records: [wireRecord()] }],
  ["without records", { open_id: "ou_1" }],
])("a user's answer %s is refused", async (_, data) => {
  vi.useFakeTimers();
  const world = withTokens(() => data);
  const failure = await quickly(
    failureOf(world.platform.userReadings("ou_1", world.now() - dayMs, world.now())),
  );
  expect(failure.code).toBe("platform-malformed");
});

test("a patient without records yet has no readings, whether the list is empty or null", async () => {
  for (const none of [[], null]) {
    const world = withTokens(() => ({ open_id: "ou_1", records: none }));
    const { readings } = await world.platform.userReadings("ou_1", world.now() - dayMs, world.now());
    expect(readings).toEqual([]);
  }
});

test("readings outside what was asked for are passed over, not called malformed", async () => {
  const world = withTokens(() =>
    records(
      wireRecord({ measured_at: world.now() - 2 * dayMs }),
      wireRecord({ measured_at: world.now() - dayMs }),
      wireRecord({ measured_at: world.now() }),
    ),
  );
  const read = await world.platform.userReadings("ou_1", world.now() - dayMs, world.now());
  expect(read.readings.map(({ timeMs }) => timeMs)).toEqual([world.now() - dayMs]);
  expect(read.leftOut).toEqual({ malformed: 0, duplicates: 0, contradicting: 0 });
});

test("a token that the platform issues to somebody else is not used", async () => {
  const world = createScriptedPlatform(({ path }) =>
    path === "/user/token" ? world.newToken("ou_2") : records(wireRecord()),
  );
  const failure = await failureOf(world.platform.userReadings("ou_1", world.now() - dayMs, world.now()));
  expect(failure.code).toBe("platform-malformed");
  expect(world.callsTo("/user/glucose")).toHaveLength(0);
});

test("twenty reads refused with 1001 at once cost one more refresh", async () => {
  const world = withTokens(({ bearer }) =>
    bearer === "token-1" ? { code: 1001, msg: "expired" } : records(),
  );
  const at = world.now();
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      world.platform.userReadings("ou_1", at - (i + 1) * hourMs, at - i * hourMs - 120_000),
    ),
  );
  expect(world.callsTo("/user/token")).toHaveLength(2);
});

test("when one window of three cannot be read, the others are shown and it is named, and is asked for again", async () => {
  const windowEndMs = 1_700_000_000_000;
  const startMs = windowEndMs - 90 * dayMs;
  let broken = true;
  const world = withTokens(({ query }) => {
    const fromMs = Number(query.start_time);
    if (broken && fromMs === startMs + 30 * dayMs) return { code: 5003, msg: "maintenance" };
    return records(wireRecord({ open_id: "ou_1", measured_at: fromMs + hourMs }));
  });
  const read = () => world.platform.userReadings("ou_1", startMs, windowEndMs);
  const partial = await read();
  expect(partial.unread).toEqual([{ startMs: startMs + 30 * dayMs, endMs: startMs + 60 * dayMs }]);
  expect(partial.readings.map(({ timeMs }) => timeMs)).toEqual([
    startMs + hourMs,
    startMs + 60 * dayMs + hourMs,
  ]);
  broken = false;
  expect(await read()).toMatchObject({ unread: [], readings: { length: 3 } });
});
