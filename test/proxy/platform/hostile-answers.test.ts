import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGzip } from "node:zlib";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { createBreaker } from "#proxy/platform/breaker.ts";
import { createCall } from "#proxy/platform/call.ts";
import { createRequestQueue } from "#proxy/platform/request-queue.ts";
import { createScriptedPlatform, type Script, wireRecord } from "#test/support/platform.ts";

const dayMs = 24 * 3_600_000;
const nowMs = 1_700_000_000_000;
const megabyte = 1024 * 1024;

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw new Error(`expected a Failure, got ${String(error)}`);
  return error;
};

/** Answers tokens and registrations; `rest` answers the other calls. */
const withTokens = (rest: Script) => {
  const world = createScriptedPlatform((call, count) => {
    if (call.path === "/user/token") return world.newToken(call.query.open_id ?? "");
    if (call.path === "/user/register") return world.newToken("ou_service");
    return rest(call, count);
  }, nowMs);
  return world;
};

const readDay = ({ platform }: ReturnType<typeof withTokens>) =>
  platform.userReadings("ou_1", nowMs - dayMs, nowMs);

/** So many records, each changed by its place. */
const many = (count: number, change: (index: number) => Record<string, unknown>) => ({
  open_id: "ou_1",
  records: Array.from({ length: count }, (_, index) => wireRecord(change(index))),
});

/** A body of spaces without end, and how much of it was taken. */
function endless() {
  let taken = 0;
  const body = new ReadableStream({
    pull(controller) {
      taken += 1;
      controller.enqueue(new Uint8Array(megabyte).fill(32));
    },
  });
  return { response: () => new Response(body), takenMegabytes: () => taken };
}

test("an answer without end is given up once it is larger than any that was asked for, and not asked for again", async () => {
  const { response, takenMegabytes } = endless();
  const world = withTokens(response);
  const failure = await failureOf(readDay(world));
  expect(failure).toMatchObject({ code: "platform-malformed", message: expect.stringContaining("larger") });
  expect(takenMegabytes()).toBeLessThan(30);
  expect(world.callsTo("/user/glucose")).toHaveLength(1);
});

test("what a device is takes no megabyte: an answer that does is given up", async () => {
  const { response, takenMegabytes } = endless();
  expect((await failureOf(withTokens(response).platform.deviceInfo("P1"))).code).toBe("platform-malformed");
  expect(takenMegabytes()).toBeLessThan(4);
});

test("a gzip bomb is given up at the same size, unpacked", async () => {
  let unpackedBytes = 0;
  const counted = async (request: Request) => {
    const { body, status } = await fetch(request);
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        unpackedBytes += chunk.byteLength;
        controller.enqueue(chunk);
      },
    });
    return new Response(body?.pipeThrough(counter), { status });
  };
  const server = createServer(async (_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    const gzip = createGzip({ level: 1 });
    gzip.pipe(response);
    response.on("close", () => gzip.destroy());
    gzip.on("error", () => {});
    const zeros = Buffer.alloc(megabyte, " ");
    for (let sent = 0; sent < 1000 && !gzip.destroyed; sent += 1)
      if (!gzip.write(zeros)) await Promise.race([once(gzip, "drain"), once(gzip, "close")]);
    gzip.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  const now = () => nowMs;
  const call = createCall(
    {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      appId: "app",
      appSecret: "top-secret",
      now,
      fetch: counted,
    },
    {
      enqueue: createRequestQueue({ callsPerSecond: 1000 }),
      breaker: createBreaker({ now, steadyMs: () => performance.now() }, pino({ level: "silent" })),
    },
  );
  const failure = await failureOf(call.records({ method: "GET", path: "/" }, { nowMs }));
  expect(failure).toMatchObject({ code: "platform-malformed", details: { isFinal: true } });
  expect(unpackedBytes).toBeLessThan(30 * megabyte);
});

test.each([
  ["the same", () => ({}), { readings: 1, duplicates: 99_999, contradicting: 0 }],
  [
    "of as many packets",
    (i: number) => ({ package_num: i }),
    { readings: 1, duplicates: 99_999, contradicting: 0 },
  ],
  [
    "that contradict each other",
    (i: number) => ({ value: 4 + (i % 50) / 10 }),
    { readings: 0, duplicates: 0, contradicting: 100_000 },
  ],
])("100,000 records of one moment, %s, are one measurement at most", async (_, change, counted) => {
  const { readings, leftOut } = await readDay(withTokens(() => many(100_000, change)));
  expect({ ...leftOut, readings: readings.length }).toEqual({ malformed: 0, ...counted });
});

test.each([
  ["more sensors than anybody wears", many(100_000, (i) => ({ device_sn: `S${i}` }))],
  ["more records than any history has", many(150_001, () => ({}))],
  [
    "more readings than sensors give",
    many(60_000, (i) => ({ package_num: i, measured_at: nowMs - 1000 * i })),
  ],
  ["a million of nothing", { open_id: "ou_1", records: Array<number>(1_000_000).fill(0) }],
])("an answer that names %s is refused, and not asked for again", async (_, data) => {
  const world = withTokens(() => data);
  const failure = await failureOf(readDay(world));
  expect(failure).toMatchObject({ code: "platform-malformed", message: expect.stringContaining("too many") });
  expect(world.callsTo("/user/glucose")).toHaveLength(1);
});

test.each([
  ["lists", `[${"[],".repeat(7_000_000)}[]]`],
  ["braces", `[${"{},".repeat(7_000_000)}{}]`],
  ["zeros", `[${"0,".repeat(10_000_000)}0]`],
])("ten million %s, which would be a gigabyte once they are parsed, are not parsed", async (_, text) => {
  const world = withTokens(() => `{"code":0,"msg":"","data":{"open_id":"ou_1","records":${text}}}`);
  const failure = await failureOf(readDay(world));
  expect(failure).toMatchObject({ code: "platform-malformed", message: expect.stringContaining("too many") });
  expect(world.callsTo("/user/glucose")).toHaveLength(1);
});

test("a large answer is read beside the thread that answers everybody, as a small one would be", async () => {
  const month = many(14_400, (i) => ({
    package_num: i,
    measured_at: nowMs - 30 * dayMs + i * 180_000,
    app_received_at: nowMs - 30 * dayMs + i * 180_000 + 61_000,
    type: i < 20 ? 1 : 2,
    trend: i % 7 ? 5 : null,
  }));
  const { platform } = withTokens(() => month);
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  const { readings } = await platform.userReadings("ou_1", nowMs - 30 * dayMs, nowMs);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(5);
  expect(readings).toHaveLength(14_400);
  expect(readings[19]).toEqual({
    timeMs: nowMs - 30 * dayMs + 19 * 180_000,
    valueMmolL: 6.3,
    trend: 5,
    warmUp: true,
    sensor: "P1",
    packet: 19,
    uploadDelayMin: 1,
  });
  const failing = withTokens(() => ({ code: 1002, msg: "denied", data: { text: "x".repeat(megabyte) } }));
  expect(await failureOf(readDay(failing))).toMatchObject({
    code: "platform-refused",
    details: { platform: { code: 1002, message: "denied", httpStatus: 200 } },
  });
});

test.each(["token\nwith a line", "token\r\nx-header: y", "tökén", "", "t".repeat(10_000)])(
  "a token that no header can carry is said and never used: %j",
  async (accessToken) => {
    const world = createScriptedPlatform(({ path }) =>
      path === "/user/token"
        ? { open_id: "ou_1", access_token: accessToken, expire_in: 7200 }
        : many(1, () => ({})),
    );
    expect((await failureOf(readDay(world))).code).toBe("platform-malformed");
    expect(world.callsTo("/user/glucose")).toHaveLength(0);
  },
);

test("a token that was stored with a line break in it is fetched anew", async () => {
  const world = withTokens(() => many(1, () => ({})));
  world.tokens.set("ou_1", { accessToken: "old\n", expiresAtMs: nowMs + dayMs });
  expect((await readDay(world)).readings).toHaveLength(1);
  expect(world.callsTo("/user/token").map(({ bearer }) => bearer)).toEqual([null]);
});

test.each([
  [1e-9, 500],
  [0.4, 500],
  [7200.7, 7201 * 1000 - 5 * 60_000],
  [1e300, dayMs - 5 * 60_000],
])(
  "a token that is said to live %d s lives whole milliseconds, and a day at most",
  async (expireIn, lifeMs) => {
    const world = createScriptedPlatform(({ path }) =>
      path === "/user/token"
        ? { open_id: "ou_1", access_token: "token", expire_in: expireIn }
        : many(1, () => ({})),
    );
    await readDay(world);
    expect(world.tokens.get("ou_1")).toEqual({ accessToken: "token", expiresAtMs: world.now() + lifeMs });
  },
);

test("dates of a device that no calendar has are none; any other is told as the platform says it", async () => {
  const world = withTokens(({ query }) => ({
    device_sn: query.device_sn,
    status: 3,
    bound_at: -5,
    activated_at: 1e300,
    estimated_end_at: Date.UTC(9998, 0),
    ended_at: 1_699_999_999_999.6,
    open_id: "x".repeat(1000),
  }));
  const found = await world.platform.deviceInfo("P1");
  expect(found).toMatchObject({ boundAtMs: null, activatedAtMs: null, endedAtMs: 1_700_000_000_000 });
  expect(found.estimatedEndAtMs).toBe(Date.UTC(9998, 0));
  expect(found.openId?.length).toBeLessThanOrEqual(200);
});

test("a name that no database takes, or that nobody reads, is no record's", async () => {
  const world = withTokens(() => ({
    open_id: "ou_1",
    records: [
      wireRecord(),
      wireRecord({ device_sn: "P\u0000" }),
      wireRecord({ device_sn: "P".repeat(65) }),
      wireRecord({ package_num: Number.MAX_SAFE_INTEGER, measured_at: nowMs - 2_000_000 }),
      wireRecord({
        app_received_at: Number.MAX_SAFE_INTEGER,
        measured_at: nowMs - 3_000_000,
        package_num: 3,
      }),
    ],
  }));
  const { readings, leftOut } = await readDay(world);
  expect(leftOut.malformed).toBe(2);
  expect(readings.map(({ packet, uploadDelayMin }) => [packet, uploadDelayMin])).toEqual([
    [3, null],
    [null, expect.any(Number)],
    [1, 0],
  ]);
});

test("of what the platform says in words a person reads as much as a person can", async () => {
  const world = withTokens(() => ({ code: 5003, msg: "quota ".repeat(10_000), data: null }));
  const failure = await failureOf(world.platform.deviceInfo("P1"));
  expect(failure.details.platform?.message).toHaveLength(500);
});

test.each([
  ["our token", ({ bearer }) => `token ${bearer} expired`],
  ["a part of it", ({ bearer }) => `token ${bearer?.slice(0, 20)}... expired`],
  ["our secret", () => "secret top-secret is wrong"],
  ["a signature", () => `signature ${"0a1b2c3d".repeat(8)} expected`],
  ["a token in its address", ({ bearer }) => `GET /x?token=${encodeURIComponent(bearer ?? "")} failed`],
] as [string, (call: Parameters<Script>[0]) => string][])(
  "words of the platform that repeat %s go on without it",
  async (_, words) => {
    const accessToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjEyMzQ1Njc4OTB9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r";
    const world = createScriptedPlatform((call) =>
      call.path === "/user/token" || call.path === "/user/register"
        ? { open_id: call.query.open_id ?? "ou_service", access_token: accessToken, expire_in: 7200 }
        : { code: 5003, msg: words(call), data: null },
    );
    const failure = await failureOf(world.platform.deviceInfo("P1"));
    const message = failure.details.platform?.message ?? "";
    expect(message).toContain("…");
    for (const secret of [accessToken.slice(0, 16), "top-secret", "0a1b2c3d"])
      expect(message).not.toContain(secret);
  },
);

test("a secret that the platform repeats in what it says of a device goes no further", async () => {
  const world = withTokens(({ query, bearer }) => ({
    device_sn: query.device_sn,
    status: 2,
    app_id: bearer,
    partner_id: "top-secret",
  }));
  world.serviceUsers.set("service", "ou_service");
  world.tokens.set("ou_service", { accessToken: "a token of ours", expiresAtMs: nowMs + dayMs });
  expect(await world.platform.deviceInfo("P1")).toMatchObject({ appId: "…", partnerId: "…" });
});

test("ordinary words of the platform stay as they are", async () => {
  const msg = "Device P225043050 not bound at 2026-11-20 09:30:00 (trace 7f3a), 设备未绑定";
  const failure = await failureOf(withTokens(() => ({ code: 5003, msg })).platform.deviceInfo("P1"));
  expect(failure.details.platform?.message).toBe(msg);
});

test.each(["ou_\u0000", "ou_\ud800", "ou_\u202e", "ou\n1"])(
  "an answer with a text that nobody can keep or read, %j, is the platform's fault",
  async (bad) => {
    for (const field of ["open_id", "partner_id", "app_id", "device_sn"]) {
      const device = (query: Record<string, string>) => ({
        device_sn: query.device_sn,
        status: 2,
        [field]: bad,
      });
      const world = withTokens(({ query }) => device(query));
      const failure = await failureOf(world.platform.deviceInfo("P1"));
      expect([field, failure.code]).toEqual([field, "platform-malformed"]);
    }
    const registering = createScriptedPlatform(() => ({
      open_id: bad,
      access_token: "token",
      expire_in: 7200,
    }));
    const registered = registering.platform.registerUser({ partnerUid: "a", region: "SE" });
    expect((await failureOf(registered)).code).toBe("platform-malformed");
    const records = [
      wireRecord(),
      wireRecord({ device_sn: bad, package_num: 2 }),
      wireRecord({ open_id: bad, package_num: 3 }),
    ];
    const { readings, leftOut } = await readDay(withTokens(() => ({ open_id: "ou_1", records })));
    expect([readings.length, leftOut.malformed]).toEqual([1, 2]);
  },
);
