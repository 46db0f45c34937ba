import { expect, test } from "vitest";
import { createClock } from "#sandbox/clock.ts";
import { createSandbox } from "#sandbox/sandbox.ts";
import { machine } from "./machine.ts";
import { credentials, dayMs, minuteMs, partnerOf, signedRequest, someDayMs } from "./partner.ts";

const hourMs = 60 * minuteMs;

/** A sandbox whose clock is its own, on a machine whose clock stands until it is passed. */
function open() {
  let machineMs = someDayMs;
  let changes = 0;
  const clock = createClock({ clockMs: someDayMs, machineMs }, 1, () => machineMs, console.warn);
  const sandbox = createSandbox({
    ...credentials,
    now: clock.now,
    clock,
    changed: () => {
      changes += 1;
    },
  });
  const set = async (body: unknown) => {
    const answer = await sandbox.fetch(
      new Request("http://sandbox.test/sandbox/clock", { method: "POST", body: JSON.stringify(body) }),
    );
    const told = (await answer.json()) as { error?: string; [name: string]: unknown };
    return { status: answer.status, ...told };
  };
  return {
    ...partnerOf(sandbox.fetch, clock.now),
    sandbox,
    clock,
    set,
    changes: () => changes,
    pass: (ms: number) => {
      machineMs += ms;
    },
  };
}

test("the speed is changed while it runs, and no time is lost or told twice", async () => {
  const here = open();
  here.pass(1000);
  expect(await here.set({ speed: 600 })).toMatchObject({ status: 200, nowMs: someDayMs + 1000, speed: 600 });
  here.pass(1000);
  expect(here.clock.now()).toBe(someDayMs + 1000 + 600_000);
  await here.set({ speed: 1 });
  here.pass(1000);
  expect(here.clock.now()).toBe(someDayMs + 2000 + 600_000);
  expect(here.changes()).toBe(2);
});

test("the clock jumps ahead by so much, or to a moment, and people's sensors have gone on", async () => {
  const here = open();
  const who = await here.register("clinic-0003");
  expect(await here.set({ forwardMs: 3 * dayMs })).toMatchObject({ nowMs: someDayMs + 3 * dayMs });
  expect(await here.set({ toMs: someDayMs + 4 * dayMs })).toMatchObject({ nowMs: someDayMs + 4 * dayMs });
  // The token of before has expired, as the platform says of it.
  const old = await here.call({
    path: "/partner/v1/device/info",
    query: { device_sn: "x" },
    token: who.token,
  });
  expect(old).toMatchObject({ code: 1001, msg: "token invalid" });
  const again = await here.register("clinic-0003");
  const records = await here.userRecords(again, someDayMs, here.clock.now());
  expect(records.length).toBeGreaterThan(3.5 * 480);
});

test.each<[what: string, body: unknown, words: RegExp]>([
  ["nothing", null, /give one of/],
  ["two things", { speed: 2, forwardMs: 1 }, /give one of/],
  ["a way back", { forwardMs: -1 }, /goes forward only/],
  ["a moment that is over", { toMs: someDayMs - 1 }, /goes forward only/],
  ["400 days", { forwardMs: 400 * dayMs }, /at most 90 days/],
  ["a moment in words", { toMs: "tomorrow" }, /whole numbers/],
  ["no number", { forwardMs: Number.NaN }, /whole numbers/],
  ["standing still", { speed: 0 }, /from 1 to 1000/],
  ["too fast", { speed: 1001 }, /from 1 to 1000/],
  ["what no clock has", { slower: true }, /knows no "slower"/],
  ["somebody who is nobody's name", { toNextLow: "x".repeat(201) }, /partner_uid/],
])("a clock refuses %s in words, and goes on as before", async (_what, body, words) => {
  const here = open();
  const { status, error } = await here.set(body);
  expect(status).toBe(400);
  expect(error).toMatch(words);
  expect(here.clock.now()).toBe(someDayMs);
  expect(here.changes()).toBe(0);
});

test("a clock that is a test's own is shown and cannot be set", async () => {
  const sandbox = createSandbox({ ...credentials, now: () => someDayMs });
  const ask = (init?: RequestInit) => sandbox.fetch(new Request("http://sandbox.test/sandbox/clock", init));
  expect(await (await ask()).json()).toEqual({ nowMs: someDayMs, speed: 1, seed: 1, startMs: someDayMs });
  expect((await ask({ method: "POST", body: JSON.stringify({ speed: 2 }) })).status).toBe(409);
});

const isLow = ({ value, type }: { value: number; type: number }) => type === 2 && value < 3.9;

test.each(["clinic-0010", "clinic-0012", null])(
  "at the next low of %s there has been one for a quarter of an hour, and it had not been told before",
  async (uid) => {
    const here = open();
    const { low, nowMs } = (await here.set({ toNextLow: uid })) as unknown as {
      low: { partnerUid: string; serial: string; atMs: number };
      nowMs: number;
    };
    expect(uid ?? low.partnerUid).toBe(low.partnerUid);
    expect(nowMs).toBe(low.atMs);
    expect(nowMs).toBeGreaterThan(someDayMs);
    const who = await here.register(low.partnerUid);
    const told = await here.userRecords(who, nowMs - hourMs, nowMs);
    const last = told.filter((one) => one.measured_at > nowMs - 15 * minuteMs).filter(isLow);
    expect(last.length).toBeGreaterThanOrEqual(4);
    // Once more: another one, later.
    const next = (await here.set({ toNextLow: uid })) as unknown as typeof low & { nowMs: number };
    expect(next.nowMs).toBeGreaterThan(nowMs);
  },
);

test("who is never low within 60 days has no next low", async () => {
  const here = open();
  expect(await here.set({ toNextLow: "nobody-of-ours" })).toMatchObject({
    status: 404,
    error: expect.stringContaining("60 days"),
  });
  expect(here.clock.now()).toBe(someDayMs);
});

test("a request that was signed before the clock jumped is not too old, and is not taken twice", async () => {
  const here = open();
  const register = {
    method: "POST",
    path: "/partner/v1/user/register",
    body: JSON.stringify({ partner_uid: "someone" }),
  };
  const request = signedRequest(someDayMs, register);
  await here.set({ forwardMs: 30 * dayMs });
  expect(await (await here.sandbox.fetch(request.clone())).json()).toMatchObject({ code: 0 });
  expect(await (await here.sandbox.fetch(request.clone())).json()).toMatchObject({
    msg: "nonce already used",
  });
  // Five minutes of the machine's later it is.
  here.pass(5 * minuteMs + 1);
  const late = signedRequest(someDayMs, register);
  expect(await (await here.sandbox.fetch(late)).json()).toMatchObject({ msg: "request expired" });
});

test("at 600 times the speed a request may take its five minutes of the machine's", async () => {
  const here = open();
  await here.set({ speed: 600 });
  const body = JSON.stringify({ partner_uid: "someone" });
  const request = signedRequest(here.clock.now(), {
    method: "POST",
    path: "/partner/v1/user/register",
    body,
  });
  here.pass(20_000);
  expect(await (await here.sandbox.fetch(request)).json()).toMatchObject({ code: 0 });
});

test("killed right after a jump, it is where it was shown, at its speed", async () => {
  const here = machine();
  const before = here.start();
  const set = (body: unknown) =>
    before.sandbox.fetch(
      new Request("http://sandbox.test/sandbox/clock", { method: "POST", body: JSON.stringify(body) }),
    );
  await set({ forwardMs: 10 * dayMs });
  await set({ speed: 60 });
  const shownMs = before.clock.now();
  const after = here.start();
  expect(after.clock.now()).toBe(shownMs);
  expect(after.clock.speed).toBe(60);
  expect(after.words).toContain("10 days ahead");
});
