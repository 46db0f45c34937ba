import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { withDeadline, withPriority } from "#proxy/platform/call-context.ts";
import { createScriptedPlatform, wireRecord } from "#test/support/platform.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const codeOf = (error: unknown) => (error instanceof Failure ? error.code : error);

/** A platform with a patient ou_1 and a sensor P1 that answers `fault` in place of data once it is set. */
function createFragile() {
  let fault: (() => object | string) | null = null;
  const world: ReturnType<typeof createScriptedPlatform> = createScriptedPlatform(({ path, query }) => {
    if (path === "/user/token") return world.newToken(query.open_id ?? "");
    if (path === "/user/register") return world.newToken("ou_service");
    if (fault) return fault();
    if (path === "/device/info") return { device_sn: query.device_sn, status: 2, activated_at: 5 };
    return { open_id: "ou_1", records: [wireRecord()] };
  });
  const within = async <T>(work: () => Promise<T>): Promise<T> => {
    const outcome = withDeadline("person", 25_000, work);
    outcome.catch(() => {});
    await vi.advanceTimersByTimeAsync(60_000);
    return outcome;
  };
  return {
    ...world,
    read: () => within(() => world.platform.userReadings("ou_1", world.now() - dayMs, world.now())),
    info: () => within(() => world.platform.deviceInfo("P1")),
    history: () => within(() => world.platform.deviceReadings("P1")),
    break: (answer: () => object | string) => {
      fault = answer;
    },
    heal: () => {
      fault = null;
    },
  };
}

const faults: [string, () => object | string, string][] = [
  ["a cut connection", () => new TypeError("fetch failed"), "platform-unreachable"],
  ["a web page", () => "<html>Maintenance</html>", "platform-malformed"],
  ["HTTP 429", () => new Response("slow down", { status: 429 }), "platform-busy"],
  ["HTTP 503", () => Response.json({ code: 5003, msg: "", data: null }, { status: 503 }), "platform-error"],
];

test.each(faults)(
  "after %s one gets what the platform said before, when that was, and why",
  async (_, answer, code) => {
    const world = createFragile();
    const [good, life, history] = [await world.read(), await world.info(), await world.history()];
    const readAtMs = world.now();
    expect([good.stale, life.stale]).toEqual([null, null]);
    world.advance(10 * minuteMs);
    world.break(answer);
    expect(await world.read()).toEqual({
      ...good,
      asOfMs: readAtMs,
      unread: [{ startMs: readAtMs, endMs: readAtMs + 10 * minuteMs }],
      stale: { code },
    });
    expect(await world.info()).toEqual({ ...life, stale: { code } });
    expect(await world.history()).toEqual({ ...history, stale: { code } });
    world.heal();
    world.advance(10_000);
    // The platform may be left alone for up to half a minute.
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await world.read()).toMatchObject({ stale: null, unread: [], asOfMs: world.now() });
  },
);

test("a platform that hangs gives its last answer when the time is up", async () => {
  const world = createFragile();
  const good = await world.read();
  world.advance(2 * minuteMs);
  world.break(() => new Response(new ReadableStream()));
  expect(await world.read()).toMatchObject({
    readings: good.readings,
    asOfMs: good.asOfMs,
    stale: { code: "platform-timeout" },
  });
});

test("without an answer from before, or with one of half an hour ago, the failure is said", async () => {
  const world = createFragile();
  world.break(() => new TypeError("fetch failed"));
  expect(await world.read().catch(codeOf)).toBe("platform-unreachable");
  world.heal();
  await vi.advanceTimersByTimeAsync(30_000);
  await world.read();
  await world.info();
  world.advance(30 * minuteMs);
  world.break(() => new TypeError("fetch failed"));
  expect(await world.read().catch(codeOf)).toBe("platform-unreachable");
  expect(await world.info().catch(codeOf)).toBe("platform-unreachable");
});

test.each([
  [1002, "platform-refused"],
  [1001, "platform-unauthorized"],
  [5003, "platform-error"],
])(
  "what the platform refuses with %i is not shown from before, not even once it cannot be reached",
  async (code, failure) => {
    const world = createFragile();
    await world.read();
    await world.info();
    world.advance(2 * minuteMs);
    world.break(() => ({ code, msg: "no", data: {} }));
    expect(await world.read().catch(codeOf)).toBe(failure);
    expect(await world.info().catch(codeOf)).toBe(failure);
    world.break(() => new TypeError("fetch failed"));
    expect(await world.read().catch(codeOf)).toBe("platform-unreachable");
    expect(await world.info().catch(codeOf)).toBe("platform-unreachable");
  },
);

test.each([
  '"error":{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}',
  '"data":{"records":[]},"data":{"records":[]}',
  '"data":{"record\\u0073":[{"a":1}]}',
])("a refusal is one whatever else its answer holds, %j: nothing is shown from before", async (rest) => {
  const world = createFragile();
  await world.read();
  world.advance(2 * minuteMs);
  world.break(() => `{"code":1002,"msg":"no",${rest}}`);
  expect(await world.read().catch(codeOf)).toBe("platform-refused");
});

test("a page does not join a read that waits behind the scenes, and one behind the scenes joins a page's", async () => {
  const world: ReturnType<typeof createScriptedPlatform> = createScriptedPlatform(({ path, query }) =>
    path === "/user/token"
      ? world.newToken(query.open_id ?? "")
      : { open_id: "ou_1", records: [wireRecord()] },
  );
  const read = () => world.platform.userReadings("ou_1", world.now() - dayMs, world.now());
  await Promise.all([withPriority("background", read), read(), withPriority("background", read)]);
  expect(world.callsTo("/user/glucose")).toHaveLength(2);
});

test.each([
  ["a token", "/user/token", 3],
  ["readings", "/user/glucose", 2],
])(
  "whoever joins %s that another asked for does not fail with the other's deadline",
  async (_, broken, days) => {
    let isBroken = true;
    const world: ReturnType<typeof createScriptedPlatform> = createScriptedPlatform(({ path, query }) => {
      if (path === broken && isBroken) return new Error("the line is down");
      if (path === "/user/token") return world.newToken(query.open_id ?? "");
      return { open_id: "ou_1", records: [wireRecord()] };
    });
    const read = (limitMs: number, ofDays: number) => {
      const range = [world.now() - ofDays * dayMs, world.now()] as const;
      return withDeadline("person", limitMs, () => world.platform.userReadings("ou_1", ...range)).catch(
        codeOf,
      );
    };
    const first = read(100, 2);
    const second = read(25_000, days);
    await vi.advanceTimersByTimeAsync(50);
    isBroken = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(await first).toBe("platform-timeout");
    expect(await second).toMatchObject({ readings: [{ valueMmolL: 6.3 }], stale: null });
  },
);
