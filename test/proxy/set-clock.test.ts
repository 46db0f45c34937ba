import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLockOut } from "#proxy/auth/lock-out.ts";
import { createAges } from "#proxy/clock.ts";
import { Failure } from "#proxy/failure.ts";
import { createBreaker } from "#proxy/platform/breaker.ts";
import { createRequestQueue } from "#proxy/platform/request-queue.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { createSignInGuard } from "#proxy/store/sign-in-guard.ts";
import { glucoseSealer } from "#test/support/glucose-sealer.ts";
import { createScriptedPlatform, wireRecord } from "#test/support/platform.ts";
import { json } from "#test/support/world.ts";
import { createStaffWorld } from "./auth/staff-world.ts";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

afterEach(() => {
  vi.useRealTimers();
});

const codeOf = (error: unknown) => (error instanceof Failure ? error.code : error);

/** A platform with a patient and a sensor, which is down once it is told so. */
function createClinic() {
  let isDown = false;
  const world: ReturnType<typeof createScriptedPlatform> = createScriptedPlatform(({ path, query }) => {
    if (isDown) return new TypeError("fetch failed");
    if (path === "/user/token") return world.newToken(query.open_id ?? "");
    if (path === "/user/register") return world.newToken("ou_service");
    if (path === "/device/info") return { device_sn: query.device_sn, status: 2 };
    return { open_id: "ou_1", records: [wireRecord()] };
  });
  const endMs = world.now();
  return {
    ...world,
    read: () => world.platform.userReadings("ou_1", endMs - hourMs, endMs),
    info: () => world.platform.deviceInfo("P1"),
    breakDown: () => {
      isDown = true;
    },
  };
}

describe.each([
  ["8 hours back", -8 * hourMs],
  ["8 hours ahead", 8 * hourMs],
])("when the clock is set %s", (_, byMs) => {
  test("calls of the platform begin as many a second as before", async () => {
    vi.useFakeTimers();
    const enqueue = createRequestQueue({ callsPerSecond: 2 });
    const begun: number[] = [];
    const startMs = performance.now();
    for (let i = 0; i < 6; i += 1) void enqueue(async () => begun.push(performance.now() - startMs));
    await vi.advanceTimersByTimeAsync(500);
    vi.setSystemTime(Date.now() + byMs);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(begun).toEqual([0, 0, 1000, 1000, 2000, 2000]);
  });

  test("a platform that is left alone is asked again after its five seconds", async () => {
    let [nowMs, steadyMs] = [1_700_000_000_000, 0];
    const clock = { now: () => nowMs, steadyMs: () => steadyMs };
    const breaker = createBreaker(clock, pino({ level: "silent" }));
    const down = async () => {
      throw new Failure("platform-unreachable");
    };
    for (let i = 0; i < 10; i += 1) await breaker.run(down).catch(codeOf);
    nowMs += byMs;
    steadyMs += 2 * secondMs;
    expect(await breaker.run(async () => "data").catch((error: Failure) => error.details.retryAfterS)).toBe(
      3,
    );
    steadyMs += 3 * secondMs;
    expect(await breaker.run(async () => "data")).toBe("data");
    expect(breaker.health()).toEqual({ answering: true, lastAnswerMs: nowMs });
  });

  test("what was read serves for a minute, and for half an hour when the platform cannot be read", async () => {
    const world = createClinic();
    const calls = () => [world.callsTo("/user/glucose").length, world.callsTo("/device/info").length];
    const look = () => Promise.all([world.read(), world.info()]);
    await look();
    world.setClock(byMs);
    world.advance(59 * secondMs);
    await look();
    expect(calls()).toEqual([1, 1]);
    world.advance(2 * secondMs);
    await look();
    expect(calls()).toEqual([2, 2]);
    world.setClock(byMs);
    world.advance(29 * minuteMs);
    world.breakDown();
    expect((await look()).map(({ stale }) => stale)).toEqual(Array(2).fill({ code: "platform-unreachable" }));
    world.advance(2 * minuteMs);
    expect(await Promise.all([world.read().catch(codeOf), world.info().catch(codeOf)])).toEqual(
      Array(2).fill("platform-unreachable"),
    );
  });

  test("a token is renewed when its time has passed, no sooner and no later", async () => {
    const world = createClinic();
    await world.read();
    world.setClock(byMs);
    world.advance(114 * minuteMs);
    await world.read();
    expect(world.callsTo("/user/token")).toHaveLength(1);
    world.advance(2 * minuteMs);
    await world.read();
    expect(world.callsTo("/user/token")).toHaveLength(2);
  });

  test("a moment in the database grows as old as time passes", () => {
    let [nowMs, steadyMs] = [1_700_000_000_000, 5];
    const ageMs = createAges({ now: () => nowMs, steadyMs: () => steadyMs });
    const momentMs = nowMs - minuteMs;
    expect(ageMs("a", momentMs)).toBe(minuteMs);
    nowMs += byMs;
    steadyMs += minuteMs;
    expect(ageMs("a", momentMs)).toBe(2 * minuteMs);
    expect(ageMs("a", nowMs)).toBe(0);
    expect(ageMs("b", nowMs + hourMs)).toBe(0);
  });
});

describe.each([
  ["8 hours back", -8 * hourMs],
  ["8 hours ahead", 8 * hourMs],
])("among the staff, when the clock is set %s", (_, byMs) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 24, 9) });
  });
  const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

  async function start() {
    const world = await createStaffWorld();
    const setClock = () => {
      later(byMs);
      world.setClock(byMs);
    };
    const isIn = async (cookie: string) => (await world.request("/api/staff", { cookie })).status === 200;
    return { ...world, setClock, isIn };
  }

  test("a session goes on, and ends when nobody has been there for half an hour", async () => {
    const world = await start();
    const cookie = (await world.signIn()).cookie;
    expect(await world.isIn(cookie)).toBe(true);
    world.setClock();
    later(31 * minuteMs);
    expect(await world.isIn(cookie)).toBe(true);
    later(2 * minuteMs);
    expect(await world.isIn(cookie)).toBe(false);
    await world.close();
  });

  test("a lock lasts no longer than it was meant to", async () => {
    const world = await start();
    const lockOut = createLockOut(createSignInGuard(world.database.db), "0".repeat(32));
    const fail = () => lockOut.attempt("a@clinic.example", async () => ({ verdict: "failed", value: null }));
    for (let i = 0; i < 10; i += 1) await fail();
    expect((await fail()).kind).toBe("locked");
    world.setClock();
    later(minuteMs);
    expect((await fail()).kind).toBe("made");
    await world.close();
  });

  test("no longer lock is told than there is, and a clock that goes a little ahead elsewhere ends none", async () => {
    const world = await start();
    const lockOut = createLockOut(createSignInGuard(world.database.db), "0".repeat(32));
    const fail = () => lockOut.attempt("b@clinic.example", async () => ({ verdict: "failed", value: null }));
    for (let i = 0; i < 10; i += 1) await fail();
    later(-20 * secondMs);
    expect(await fail()).toEqual({ kind: "locked", forMs: minuteMs });
    later(-10 * minuteMs);
    expect((await fail()).kind).toBe("made");
    expect(await fail()).toEqual({ kind: "locked", forMs: 2 * minuteMs });
    await world.close();
  });

  test("an address that has tried too often gets in again after its minute", async () => {
    const world = await start();
    // Of another account each time: its own lock is not what is asked for here.
    let tried = 0;
    const attempt = async () => {
      tried += 1;
      const wrong = { email: `${tried}@clinic.example`, password: "wrong password 1" };
      const { status, headers } = await world.request("/api/auth/sign-in/email", json(wrong));
      expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
      return status;
    };
    let status = 0;
    for (let i = 0; i < 40 && status !== 429; i += 1) status = await attempt();
    expect(status).toBe(429);
    world.setClock();
    later(minuteMs + secondMs);
    expect(await attempt()).not.toBe(429);
    await world.close();
  });

  test("a page kept open is a row of the trail in ten minutes", async () => {
    const world = await start();
    const cookie = (await world.signIn()).cookie;
    const look = () => world.request("/api/devices/P225043056", { cookie });
    const rows = async () =>
      (
        await world.database.db
          .selectFrom("audit")
          .select("seq")
          .where("action", "=", "device.view")
          .execute()
      ).length;
    await look();
    world.setClock();
    await look();
    expect(await rows()).toBe(1);
    later(10 * minuteMs);
    await look();
    expect(await rows()).toBe(2);
    await world.close();
  });

  test("patients' statuses go on being refreshed", async () => {
    const world = await start();
    const patients = createPatientStore(world.database, glucoseSealer);
    const takeNext = async () => {
      const [next] = await patients.takeDue(Date.now(), Date.now() + 15 * minuteMs, 1);
      return next?.partnerUid ?? null;
    };
    const person = { partnerUid: "clinic-1", name: "Ada", region: "SE", timeZone: "UTC", openId: "ou_1" };
    await patients.add(person, Date.now());
    expect([await takeNext(), await takeNext()]).toEqual(["clinic-1", null]);
    world.setClock();
    later(15 * minuteMs);
    expect([await takeNext(), await takeNext()]).toEqual(["clinic-1", null]);
    await world.close();
  });
});
