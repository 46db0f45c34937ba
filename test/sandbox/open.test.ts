import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { openSandbox, stateFileIn, usersFileIn } from "#sandbox/open.ts";
import type { Fault } from "#sandbox/sandbox.ts";
import { credentials, dayMs, minuteMs, partnerOf, someDayMs } from "./partner.ts";

const secondMs = 1000;
const hourMs = 60 * minuteMs;
const yearMs = 365 * dayMs;

afterEach(() => {
  vi.useRealTimers();
});

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A machine on which sandboxes of a folder run one after the other, each until it is killed. */
function machine(folder = newFolder()) {
  let machineMs = someDayMs;
  const said: string[] = [];
  return {
    said,
    get machineMs() {
      return machineMs;
    },
    pass: (ms: number) => {
      machineMs += ms;
    },
    /** With what is in the folder at this moment, as after kill -9 of the one before. */
    start(speed: number | null = null) {
      const own = newFolder();
      cpSync(folder, own, { recursive: true });
      rmSync(folder, { recursive: true });
      cpSync(own, folder, { recursive: true });
      const opened = openSandbox({
        folder,
        speed,
        credentials,
        replayDir: null,
        machineNow: () => machineMs,
        warn: (words) => said.push(words),
      });
      onTestFinished(() => opened.close());
      return { ...opened, ...partnerOf(opened.sandbox.fetch, opened.clock.now) };
    },
    folder,
  };
}

type Started = ReturnType<ReturnType<typeof machine>["start"]>;
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
  ["after almost a day", 1, null, dayMs - 1, dayMs - 1],
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
  ["off for more than a day", dayMs + 1, /was off for more than a day and begins anew/],
  ["off for a week", 7 * dayMs, /was off for more than a day/],
  ["a machine a year ahead", yearMs, /was off for more than a day/],
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
  const shownMs = before.clock.now();
  before.close();
  here.pass(2 * dayMs);
  const after = here.start(1);
  expect(after.clock.now()).toBe(shownMs);
  expect(after.words).toMatch(/begins anew.*clock is 40 days ahead/);
  const days = (shownMs - Number(await stateOf(after, "P225043056"))) / dayMs;
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

type State = Record<string, unknown>;
const changed = (change: (state: State) => void) => (text: string) => {
  const state = JSON.parse(text) as State;
  change(state);
  return JSON.stringify(state);
};

test.each<[what: string, damage: (text: string) => string, words: string]>([
  ["empty", () => "", "cannot be read"],
  ["cut off", (text) => text.slice(0, -20), "cannot be read"],
  ["not JSON", () => "clock: now", "cannot be read"],
  ["bytes of something else", () => "\u0000\u0001\ufffd", "cannot be read"],
  ["a list", () => "[]", "is not of this version"],
  ["null", () => "null", "is not of this version"],
  ["a number", () => "7", "is not of this version"],
  ["another program's", () => '{"name":"x","lockfileVersion":3}', "is not of this version"],
  ["of a later version", changed((state) => Object.assign(state, { version: 2 })), "is not of this version"],
  ["without a clock", changed((state) => delete state.clockMs), "is damaged"],
  ["a clock that is a text", changed((state) => Object.assign(state, { clockMs: "now" })), "is damaged"],
  ["a clock beyond all time", changed((state) => Object.assign(state, { clockMs: 1e300 })), "is damaged"],
  ["a clock of 1970", changed((state) => Object.assign(state, { clockMs: 5 })), "is damaged"],
  ["a start after its clock", changed((state) => Object.assign(state, { startMs: 5e12 })), "is damaged"],
  ["no speed", changed((state) => Object.assign(state, { speed: 0 })), "is damaged"],
  ["a speed of a million", changed((state) => Object.assign(state, { speed: 1e6 })), "is damaged"],
  ["no secret", changed((state) => Object.assign(state, { appSecret: "" })), "is damaged"],
  ["no key", changed((state) => Object.assign(state, { tokenKey: null })), "is damaged"],
  [
    "faults that are none",
    changed((state) => Object.assign(state, { faults: { active: [{}], draws: 0 } })),
    "is damaged",
  ],
  [
    "faults without draws",
    changed((state) => Object.assign(state, { faults: { active: [] } })),
    "is damaged",
  ],
])(
  "a state file that is %s is said, kept aside, and the sandbox begins without it",
  async (_what, damage, words) => {
    const here = machine();
    await here.start(60).register("new-1");
    const file = stateFileIn(here.folder);
    const damaged = damage(readFileSync(file, "utf8"));
    writeFileSync(file, damaged);
    const after = here.start();
    expect(here.said).toEqual([expect.stringContaining(words)]);
    const aside = readdirSync(here.folder).find((name) => name.includes("unreadable"));
    expect(here.said[0]).toContain(aside);
    expect(readFileSync(join(here.folder, aside ?? ""), "utf8")).toBe(damaged);
    expect(after.clock.now()).toBe(here.machineMs);
    expect((await after.device("P225043056")).data).toMatchObject({ status: 2 });
    expect(
      await after.call({
        path: "/partner/v1/user/token",
        query: { open_id: (await after.register("new-1")).openId },
      }),
    ).toMatchObject({ code: 0 });
    here.start();
    expect(here.said).toHaveLength(1);
  },
);

test("a folder in the state file's place is kept aside as well", () => {
  const here = machine();
  mkdirSync(stateFileIn(here.folder));
  expect(here.start().clock.now()).toBe(here.machineMs);
  expect(here.said).toEqual([expect.stringContaining("cannot be read")]);
});

test.each<[what: string, change: (text: string) => string]>([
  ["as it was written", (text) => text],
  ["laid out for people", (text) => JSON.stringify(JSON.parse(text), null, 2)],
  ["with a field of its own", changed((state) => Object.assign(state, { note: "for Monday" }))],
  ["with a line's end", (text) => `${text}\n`],
  ["of a speed with a fraction", changed((state) => Object.assign(state, { speed: 2.5 }))],
])("a state file %s is used", (_what, change) => {
  const here = machine();
  const shownMs = here.start(60).clock.now();
  const file = stateFileIn(here.folder);
  writeFileSync(file, change(readFileSync(file, "utf8")));
  expect(here.start().clock.now()).toBe(shownMs);
  expect(here.said).toEqual([]);
});

test("half of a state that was being written is not taken for one", () => {
  const here = machine();
  here.start(60);
  writeFileSync(`${stateFileIn(here.folder)}.new`, '{"version":1,"st');
  expect(here.start().clock.speed).toBe(60);
  expect(here.said).toEqual([]);
});

test("what cannot be kept is said once, and the sandbox goes on", async () => {
  const here = machine();
  const started = here.start();
  const { token } = await started.register("clinic-0001");
  mkdirSync(`${stateFileIn(here.folder)}.new`);
  started.sandbox.inject({ kind: "refused", count: 2 });
  expect((await started.call({ ...info, token })).code).toBe(1002);
  expect((await started.call({ ...info, token })).code).toBe(1002);
  expect((await started.call({ ...info, token })).code).toBe(0);
  expect(here.said).toEqual([expect.stringMatching(/^What is done to the sandbox is not kept: /)]);
});

test.each<[what: string, line: string]>([
  ["is cut in the middle of the file", '{"partnerUid":"new-2","reg'],
  ["is empty", ""],
  ["is a list", "[]"],
  ["is a text", '"new-2"'],
  ["lacks the open ID", '{"partnerUid":"new-2","region":"CN","registeredAtMs":5}'],
  ["has a time that is none", '{"partnerUid":"new-2","region":"CN","openId":"u","registeredAtMs":"now"}'],
])("a user whose line %s is said to be lost, the others keep their sensors", async (_what, line) => {
  const here = machine();
  const before = here.start(60);
  for (const uid of ["new-1", "new-2", "new-3"]) await before.register(uid);
  here.pass(55 * secondMs);
  const shownMs = before.clock.now();
  const shown = await before.userRecords(await before.register("new-3"), someDayMs, shownMs);
  expect(shown.length).toBeGreaterThan(10);
  const file = usersFileIn(here.folder);
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [lines[0], line, ...lines.slice(2)].join("\n"));
  const after = here.start();
  expect(here.said).toEqual([expect.stringMatching(/^1 of the 3 users .* cannot be read.*unreadable/)]);
  const again = here.start();
  expect(here.said).toHaveLength(1);
  for (const started of [after, again])
    expect(await started.userRecords(await started.register("new-3"), someDayMs, shownMs)).toEqual(shown);
});
