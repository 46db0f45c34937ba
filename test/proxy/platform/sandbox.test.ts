import { afterEach, expect, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import type { Fault } from "#sandbox/sandbox.ts";
import { createSandboxedPlatform } from "#test/support/platform.ts";

const dayMs = 24 * 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

/** The sandbox's first person, registered, and a read of their last day; retries take no time. */
async function patient() {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const world = createSandboxedPlatform();
  const person = world.sandbox.cohort[0];
  if (!person) throw new Error("the sandbox has no people");
  const { openId } = await world.platform.registerUser(person);
  const requests = (path: string) => world.sandbox.requests.filter((request) => request.path.endsWith(path));
  const readDay = async () => {
    const read = world.platform.userReadings(openId, world.now() - dayMs, world.now());
    read.catch(() => {});
    await vi.advanceTimersByTimeAsync(60_000);
    return read;
  };
  return { ...world, person, openId, requests, readDay };
}

test("a second registration answers the same user", async () => {
  const { platform, person, openId } = await patient();
  await expect(platform.registerUser(person)).resolves.toEqual({ openId });
});

test("tokens that the platform has let expire early are renewed once, without anybody noticing", async () => {
  const { sandbox, requests, readDay } = await patient();
  sandbox.inject({ kind: "expired-tokens" });
  const { readings } = await readDay();
  expect(readings.length).toBeGreaterThan(0);
  expect(requests("/user/token")).toHaveLength(1);
  expect(requests("/user/glucose").map(({ code }) => code)).toEqual([1001, 0]);
});

test("damaged records among good ones are counted and cost no good one", async () => {
  const clean = await (await patient()).readDay();
  const { sandbox, readDay } = await patient();
  sandbox.inject({ kind: "bad-records" });
  const damaged = await readDay();
  expect(damaged.readings).toEqual(clean.readings);
  expect(damaged.leftOut.malformed).toBeGreaterThanOrEqual(10);
});

const faults: [Fault["kind"], Partial<Fault>, string, number][] = [
  ["outage", {}, "platform-unreachable", 3],
  ["cut", {}, "platform-unreachable", 3],
  ["malformed", {}, "platform-malformed", 3],
  ["html", {}, "platform-malformed", 3],
  ["http", { status: 503 }, "platform-unreachable", 3],
  ["unauthorized", {}, "platform-unauthorized", 2],
  ["refused", {}, "platform-refused", 1],
  ["business", { code: 7001, msg: "quota" }, "platform-error", 1],
];

test.each(faults)("%s at the platform, %j, is %s after %i tries", async (kind, more, code, tries) => {
  const { sandbox, requests, readDay } = await patient();
  sandbox.inject({ kind, ...more, path: "/user/glucose" });
  const failure = await readDay().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code });
  expect(requests("/user/glucose")).toHaveLength(tries);
});

test.each(faults)("%s that passes, %j, leaves nothing behind", async (kind, more) => {
  const { sandbox, readDay } = await patient();
  sandbox.inject({ kind, ...more, path: "/user/glucose", count: 3 });
  await readDay().catch(() => {});
  await readDay().catch(() => {});
  await readDay().catch(() => {});
  expect((await readDay()).readings.length).toBeGreaterThan(0);
});

test("120 days of one person arrive in four requests", async () => {
  const { platform, requests, openId, now } = await patient();
  const { readings } = await platform.userReadings(openId, now() - 120 * dayMs, now());
  expect(requests("/user/glucose")).toHaveLength(4);
  expect(readings.length).toBeGreaterThan(20_000);
});
