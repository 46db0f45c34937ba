import { afterEach, expect, test, vi } from "vitest";
import { deviceJourney, deviceStatesAnswer } from "#contract/device.ts";
import { problem } from "#contract/problem.ts";
import { readingsResponse } from "#contract/readings.ts";
import { patientRanges, patientSummary } from "#contract/roster.ts";
import type { About } from "#contract/staff.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const serial = "P225043056";

afterEach(() => {
  vi.useRealTimers();
});

async function clinic() {
  const world = await createWorld();
  const person = world.sandbox.cohort[0];
  if (!person) throw new Error("the sandbox has no people");
  const { patient } = await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  const support = await world.signIn("support");
  return { ...world, cookie, support, patient: `/api/patients/${patient.id}` };
}

const get = async (world: World, path: string, cookie: string): Promise<unknown> =>
  (await world.request(path, { cookie })).json();

/** The platform is down until healed, and the proxy has noticed; from here on no time passes by itself. */
async function takeDown(world: World & { cookie: string }) {
  vi.useFakeTimers({ toFake: ["Date"] });
  world.sandbox.inject({ kind: "outage" });
  for (let i = 0; i < 12; i += 1) await world.request(`/api/devices/NONE-${i}`, { cookie: world.cookie });
}

test("during an outage pages show what was read before it, each with its age and reason", async () => {
  const world = await clinic();
  const { cookie, patient } = world;
  const readings = () => {
    const range = `start=${world.now() - dayMs}&end=${world.now()}`;
    return get(world, `${patient}/readings?${range}`, cookie).then((body) => readingsResponse.parse(body));
  };
  const journey = () =>
    get(world, `/api/devices/${serial}/journey`, world.support).then((body) => deviceJourney.parse(body));
  const before = {
    readings: await readings(),
    summary: patientSummary.parse(await get(world, `${patient}/summary`, cookie)),
    journey: await journey(),
  };
  const readAtMs = world.now();
  world.advance(12 * minuteMs);
  await takeDown(world);
  const stale = { code: "platform-unreachable" };
  const after = await readings();
  expect(after).toMatchObject({
    asOfMs: readAtMs,
    stale,
    unread: [{ startMs: readAtMs, endMs: world.now() }],
  });
  expect(after.readings.valueMmolL.length).toBeGreaterThan(400);
  expect(before.readings.readings.valueMmolL).toEqual(expect.arrayContaining(after.readings.valueMmolL));
  expect(patientSummary.parse(await get(world, `${patient}/summary`, cookie))).toEqual({
    ...before.summary,
    stale,
  });
  // Nothing is expected of the twelve minutes nobody knows of.
  expect(await journey()).toEqual({ ...before.journey, stale });
  await world.close();
});

test("shares end where the last read ended, and none of an old read are kept", async () => {
  const world = await clinic();
  const path = `${world.patient}/ranges`;
  const first = patientRanges.parse(await get(world, path, world.cookie));
  const kept = () => world.database.db.selectFrom("patient").select("figures").execute();
  const before = await kept();
  world.advance(10 * minuteMs);
  await takeDown(world);
  expect(patientRanges.parse(await get(world, path, world.cookie))).toEqual(first);
  expect(await kept()).toEqual(before);
  await world.close();
});

test("a row of a list has no room for an age: it says that the platform cannot be reached", async () => {
  const world = await clinic();
  await get(world, `/api/devices/${serial}`, world.support);
  world.advance(2 * minuteMs);
  await takeDown(world);
  const answer = await world.request("/api/devices/states", {
    ...json({ serials: [serial] }),
    cookie: world.support,
  });
  expect(deviceStatesAnswer.parse(await answer.json()).rows).toEqual([
    { ok: false, serial, code: "platform-unreachable", platformCode: null, platformMessage: "" },
  ]);
  await world.close();
});

test("support gets no glucose from before either", async () => {
  const world = await clinic();
  await get(world, `/api/devices/${serial}/readings`, world.cookie);
  world.advance(2 * minuteMs);
  await takeDown(world);
  expect((await world.request(`/api/devices/${serial}/readings`, { cookie: world.cookie })).status).toBe(200);
  expect((await world.request(`/api/devices/${serial}/readings`, { cookie: world.support })).status).toBe(
    403,
  );
  await world.close();
});

test("a platform that is left alone is said at once, with when to try again, in readiness and to the page", async () => {
  const world = await clinic();
  const answeredMs = world.now();
  world.advance(5 * minuteMs);
  await takeDown(world);
  const answer = await world.request("/api/devices/P1", { cookie: world.cookie });
  expect([answer.status, Number(answer.headers.get("retry-after"))]).toEqual([502, 5]);
  expect(problem.parse(await answer.json())).toMatchObject({ code: "platform-unreachable", retryAfterS: 5 });
  const ready = await world.request("/readyz");
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: "ok", platform: { answering: false, lastAnswerAt: new Date(answeredMs).toISOString() } },
  ]);
  expect(await get(world, "/api/about", "")).toMatchObject({ notAnsweringSinceMs: answeredMs });
  await world.close();
});

test("an outage is found by whoever has a page open, before anybody asks for anything", async () => {
  const world = await clinic();
  vi.useFakeTimers({ toFake: ["Date"] });
  const answeredMs = world.now();
  world.sandbox.inject({ kind: "outage" });
  const said = async () => ((await get(world, "/api/about", "")) as About).notAnsweringSinceMs;
  expect(await said()).toBeNull();
  world.advance(6000);
  await expect.poll(said, { timeout: 10_000 }).toBe(answeredMs);
  world.sandbox.reset();
  world.advance(6000);
  await expect.poll(said, { timeout: 10_000 }).toBeNull();
  await world.close();
});

test("nothing is said of a platform that answers, be it with refusals", async () => {
  const world = await clinic();
  world.sandbox.inject({ kind: "refused" });
  for (let i = 0; i < 12; i += 1) await world.request(`/api/devices/NONE-${i}`, { cookie: world.cookie });
  expect(await get(world, "/readyz", "")).toMatchObject({ platform: { answering: true } });
  expect(await get(world, "/api/about", "")).toMatchObject({ notAnsweringSinceMs: null });
  await world.close();
});

test.each([
  [1, ["platform-timeout"]],
  // Once enough of them have hung, the others are not tried any more.
  [30, ["platform-timeout", "platform-unreachable"]],
])(
  "%i requests end within 25 seconds whatever the platform does, the time in the queue included",
  async (count, codes) => {
    const world = await clinic();
    await get(world, `/api/devices/${serial}`, world.cookie);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    let running = 0;
    world.sandbox.fetch = () => {
      running += 1;
      return new Promise(() => {});
    };
    const asked = Array.from({ length: count }, (_, i) =>
      world.request(`/api/devices/HANGS-${i}`, { cookie: world.cookie }),
    );
    // The database answers in real time: all have come to the platform,
    // eight are with it and the others wait.
    while (running < Math.min(count, 8)) await new Promise(setImmediate);
    for (let turn = 0; turn < 500; turn += 1) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(25_000);
    const answered = (await Promise.all(asked)).map(
      async (answer) => problem.parse(await answer.json()).code,
    );
    expect([...new Set(await Promise.all(answered))].sort()).toEqual(codes);
    vi.useRealTimers();
    await world.close();
  },
);
