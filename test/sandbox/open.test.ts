import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { stateFileIn } from "#sandbox/open.ts";
import type { Fault } from "#sandbox/sandbox.ts";
import { machine, newFolder, type Started } from "./machine.ts";
import { dayMs, minuteMs, someDayMs } from "./partner.ts";

const secondMs = 1000;
const hourMs = 60 * minuteMs;
const yearMs = 365 * dayMs;

afterEach(() => {
  vi.useRealTimers();
});

const info = { path: "/partner/v1/device/info", query: { device_sn: "P225043056" } };
const stateOf = async (started: Started, serial: string) => (await started.device(serial)).data.activated_at;

/** Of several people and sensors, all that can be read by then. */
async function drawn(started: Started, uids: readonly string[], byMs: number) {
  const readings = [];
  for (const uid of uids)
    readings.push(await started.userRecords(await started.register(uid), byMs - 20 * dayMs, byMs));
  const serials = ["P225043056", "P225043057", "P225043073", "P225043051", "P225043085", "P225043086"];
  for (const serial of serials) readings.push((await started.device(serial)).data);
  return readings;
}

test.each([1, 60, 1000])(
  "killed at %i times the speed, everything that was drawn is drawn again",
  async (speed) => {
    const here = machine();
    const before = here.start(speed);
    here.pass(20 * secondMs);
    await before.register("new-1", "DE");
    here.pass(9 * secondMs);
    const shownMs = before.clock.now();
    const uids = ["new-1", "clinic-0001", "clinic-0028", "clinic-0031"];
    const shown = await drawn(before, uids, shownMs);
    const after = here.start();
    expect(after.clock.now()).toBe(shownMs);
    expect(after.clock.speed).toBe(speed);
    expect(await drawn(after, uids, shownMs)).toEqual(shown);
    expect(shown.flat().length).toBeGreaterThan(20_000);
    expect(here.said).toEqual([]);
  },
);

test("a replayed series stays where it was moved to", async () => {
  const replayDir = newFolder();
  const t = Array.from({ length: 50 }, (_, i) => Date.UTC(2023, 6, 4, 12) + i * 5 * minuteMs);
  const series = { subject: "one", unit: "mmol/L", tz: "UTC", t, v: t.map((_, i) => 5 + i / 10) };
  writeFileSync(join(replayDir, "one.json"), JSON.stringify(series));
  const here = machine();
  const read = async (started: Started) =>
    started.userRecords(await started.register("replay-one"), someDayMs - dayMs, someDayMs);
  const shown = await read(here.start(60, replayDir));
  expect(shown).toHaveLength(50);
  here.pass(3 * hourMs);
  expect(await read(here.start(60, replayDir))).toEqual(shown);
});

test("a patient of a minute ago has the same sensor after the kill, and its curve goes on", async () => {
  const here = machine();
  const before = here.start(60);
  await before.register("new-1", "GB");
  for (let i = 0; i < 10; i += 1) {
    here.pass(6 * secondMs);
    before.clock.now();
  }
  const shownMs = before.clock.now();
  const shown = await before.userRecords(await before.register("new-1"), someDayMs, shownMs);
  expect(shown.length).toBeGreaterThan(10);
  here.pass(3 * secondMs);
  const after = here.start(60);
  const who = await after.register("new-1");
  expect(await after.userRecords(who, someDayMs, shownMs)).toEqual(expect.arrayContaining(shown));
  here.pass(30 * secondMs);
  const later = await after.userRecords(who, someDayMs, after.clock.now());
  expect(later.length).toBeGreaterThan(shown.length);
});

test.each<[what: string, speed: number, next: number | null, offMs: number, goneMs: number]>([
  ["at once", 60, null, 0, 0],
  ["after seconds", 60, 60, 10 * secondMs, 10 * minuteMs],
  ["after an hour, no faster than the machine", 60, null, hourMs, hourMs + 59 * minuteMs],
  ["after an hour, as slow as the machine", 1, null, hourMs, hourMs],
  ["after a short night", 1, null, 12 * hourMs - 1, 12 * hourMs - 1],
  ["at another speed, with the old one meanwhile", 60, 1, 10 * secondMs, 10 * minuteMs],
  ["faster, with the old speed meanwhile", 1, 60, 10 * secondMs, 10 * secondMs],
  ["on a machine set back by half a minute", 60, null, -30 * secondMs, 0],
])("%s it is the same sandbox", async (_what, speed, next, offMs, goneMs) => {
  const here = machine();
  const before = here.start(speed);
  here.pass(25 * secondMs);
  const shownMs = before.clock.now();
  const activated = await stateOf(before, "P225043057");
  before.close();
  here.pass(offMs);
  const after = here.start(next);
  expect(after.clock.now() - shownMs).toBe(goneMs);
  expect(after.clock.speed).toBe(next ?? speed);
  expect(await stateOf(after, "P225043057")).toBe(activated);
  expect(here.said).toEqual([]);
});

test("a machine set back by less than a day: the same moment, and it is said", async () => {
  const here = machine();
  const shownMs = here.start(60).clock.now();
  here.pass(-5 * hourMs);
  const after = here.start();
  expect(after.clock.now()).toBe(shownMs);
  expect(here.said).toEqual([expect.stringContaining("went back by 5 hours")]);
  expect(after.words).toBe(
    "The sandbox's clock is 5 hours ahead of this machine's and runs 60 times as fast.",
  );
});

test.each<[what: string, offMs: number, words: RegExp]>([
  ["off for more than 12 hours", 12 * hourMs + 1, /was off for more than 12 hours and begins anew/],
  ["off for a week", 7 * dayMs, /was off for more than 12 hours/],
  ["a machine a year ahead", yearMs, /was off for more than 12 hours/],
  [
    "a machine set back by more than a day",
    -dayMs - 1,
    /earlier than when the sandbox last ran.*sandbox:reset/,
  ],
  ["a machine set back by a year", -yearMs, /earlier than when the sandbox last ran/],
])(
  "%s: it begins anew, its serial numbers are what the README says, and who is registered stays",
  async (_what, offMs, words) => {
    const here = machine();
    const before = here.start();
    const { openId, token } = await before.register("new-1");
    before.sandbox.inject({ kind: "refused", path: "/nowhere" });
    here.pass(offMs);
    const after = here.start();
    expect(after.words).toMatch(words);
    expect(after.clock.now()).toBe(here.machineMs);
    expect(after.sandbox.kept().faults.active).toEqual([]);
    expect((await after.call({ ...info, token })).code).toBe(1001);
    expect(await after.call({ path: "/partner/v1/user/token", query: { open_id: openId } })).toMatchObject({
      code: 0,
    });
    const days = (here.machineMs - Number(await stateOf(after, "P225043056"))) / dayMs;
    expect(days).toBeGreaterThan(6.5);
    expect(days).toBeLessThan(8);
    expect((here.machineMs - Number(await stateOf(after, "P225043057"))) / minuteMs).toBeCloseTo(20, 0);
  },
);

test("a new beginning is not earlier than what was shown, however fast that was", async () => {
  const here = machine();
  const before = here.start(1000);
  for (let i = 0; i < 120; i += 1) {
    here.pass(30 * secondMs);
    before.clock.now();
  }
  before.close();
  // Killed half a minute after the last mark.
  here.pass(29 * secondMs);
  const shownMs = before.clock.now();
  here.pass(2 * dayMs);
  const after = here.start(1);
  expect(after.clock.now()).toBeGreaterThanOrEqual(shownMs);
  expect(after.clock.now()).toBeLessThan(shownMs + dayMs);
  expect(after.words).toMatch(/begins anew.*clock is 40 days ahead/);
  const days = (after.clock.now() - Number(await stateOf(after, "P225043056"))) / dayMs;
  expect(days).toBeGreaterThan(6.5);
  expect(days).toBeLessThan(8);
});

test("users of a new beginning keep their sensors over the next kill", async () => {
  const here = machine();
  await here.start(1000).register("new-1");
  here.pass(-yearMs);
  const anew = here.start(60);
  here.pass(50 * secondMs);
  const shownMs = anew.clock.now();
  const shown = await anew.userRecords(await anew.register("new-1"), shownMs - dayMs, shownMs);
  expect(shown.length).toBeGreaterThan(10);
  const after = here.start();
  expect(await after.userRecords(await after.register("new-1"), shownMs - dayMs, shownMs)).toEqual(shown);
});

test("tokens survive a kill, and those that were expired stay so", async () => {
  const here = machine();
  const before = here.start();
  const old = await before.register("clinic-0001");
  before.sandbox.inject({ kind: "expired-tokens" });
  const valid = await before.register("clinic-0001");
  const after = here.start();
  expect((await after.call({ ...info, token: old.token })).code).toBe(1001);
  expect((await after.call({ ...info, token: valid.token })).code).toBe(0);
  expect((await after.call({ ...info, token: `${valid.token}x` })).code).toBe(1001);
  here.pass(2 * hourMs);
  expect((await here.start().call({ ...info, token: valid.token })).code).toBe(1001);
  expect(readFileSync(stateFileIn(here.folder), "utf8")).not.toContain(valid.token);
});

test.each<[what: string, fault: Fault, offMs: number, codes: number[]]>([
  ["a count of which two are left", { kind: "refused", count: 3 }, 0, [1002, 1002, 0]],
  ["a count, after an hour off", { kind: "refused", count: 2 }, hourMs, [1002, 0]],
  ["no count", { kind: "refused" }, 0, [1002, 1002, 1002]],
  ["for so long, still", { kind: "refused", forMs: minuteMs }, 59 * secondMs, [1002, 1002]],
  ["for so long, over meanwhile", { kind: "refused", forMs: minuteMs }, minuteMs, [0, 0]],
  ["for so long, on a machine set back", { kind: "refused", forMs: minuteMs }, -30 * secondMs, [1002, 1002]],
  ["a code of its own", { kind: "business", code: 7777, msg: "额度已用完" }, 0, [7777]],
  ["one path", { kind: "refused", path: "/device/" }, 0, [1002]],
  ["another path", { kind: "refused", path: "/nowhere" }, 0, [0]],
])("a fault survives a kill: %s", async (_what, fault, offMs, codes) => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const here = machine();
  const before = here.start();
  const { token } = await before.register("clinic-0001");
  before.sandbox.inject(fault);
  await before.call({ ...info, token });
  here.pass(offMs);
  const after = here.start();
  const answered = [];
  for (const _code of codes) answered.push((await after.call({ ...info, token })).code);
  expect(answered).toEqual(codes);
});

test("faults drawn by per cent go on where the draws were", async () => {
  const drawnWith = async (killAfter: number) => {
    const here = machine();
    let started = here.start();
    const { token } = await started.register("clinic-0001");
    started.sandbox.inject({ kind: "refused", percent: 30 });
    const codes = [];
    for (let i = 0; i < 60; i += 1) {
      if (i === killAfter) started = here.start();
      codes.push((await started.call({ ...info, token })).code);
    }
    return codes;
  };
  const codes = await drawnWith(-1);
  expect(new Set(codes)).toEqual(new Set([0, 1002]));
  expect(await drawnWith(31)).toEqual(codes);
});

test("faults that were cleared stay so", async () => {
  const here = machine();
  const before = here.start();
  before.sandbox.inject({ kind: "outage" });
  await before.sandbox.fetch(new Request("http://platform.test/sandbox/faults", { method: "DELETE" }));
  const { token } = await here.start().register("clinic-0001");
  expect(token).not.toBe("");
});

test("a hundred faults are enough", async () => {
  const here = machine();
  const { sandbox } = here.start();
  const add = async () => {
    const body = JSON.stringify({ kind: "refused", path: "/nowhere" });
    return sandbox.fetch(new Request("http://platform.test/sandbox/faults", { method: "POST", body }));
  };
  for (let i = 0; i < 100; i += 1) expect((await add()).status).toBe(201);
  const refused = await add();
  expect(refused.status).toBe(409);
  expect(await refused.json()).toEqual({ error: "there are 100 faults already: DELETE /sandbox/faults" });
  expect(here.start().sandbox.kept().faults.active).toHaveLength(100);
});
